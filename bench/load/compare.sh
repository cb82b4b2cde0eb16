#!/usr/bin/env bash
# Measures whole servers side by side on loopback and prints a table: compare.sh [options]
#
#   --skiff FILE       the published skiff program
#   --python ROOT      a folder made by tools/scikit-learn/make-root.sh (forky), or / for this machine's own Python
#   --ceiling FILE     the published ceiling program; built here where it is not given
#   --registry FOLDER  what is served                          (default: examples/registry/sentiment)
#   --rounds N         rounds; in each every server has a turn (default: 3)
#   --seconds N        seconds of a turn                       (default: 5)
#   --observed         skiff also with its access log, exporting by OTLP (to a program that throws it away), and with both
#
# A server that is not given is left out. One server runs at a time, started anew for every turn. Requests per second and percentiles are the medians
# of the rounds, memory is the largest, the start is the fastest: from the program's start to its first prediction, model and all.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
skiff='' python='' ceiling='' registry=$repository/examples/registry/sentiment rounds=3 seconds=5 observed='' collector=''
while [ $# -gt 0 ]; do
    case $1 in
        --skiff | --python | --ceiling | --registry | --rounds | --seconds) printf -v "${1#--}" %s "$2" && shift 2 ;;
        --observed) observed=yes && shift ;;
        *) sed -n '2,14s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
done

port=18300
url=http://127.0.0.1
work=$(mktemp -d)
server=''
results=$work/results
# Nothing is ever written here: reading from it with a timeout is a sleep without a process.
mkfifo "$work/silence"
exec 9<>"$work/silence"
body='{"text":"this is a great product"}'

# Whatever happens, nothing stays behind.
stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        for _ in $(seq 50); do
            kill -0 "$server" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=''
    fi
}
trap 'stop; [ -z "$collector" ] || kill "$collector"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The server takes the place of the shell that starts it, so that its id is the one to stop and to look at.
start() {
    port=$((port + 1))
    case $1 in
        ceiling) exec "$ceiling" "$url:$port" ;;
        skiff) exec "$skiff" serve --registry "$registry" --urls "$url:$port" ;;
        skiff-*) export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
            [[ $1 == *-log* ]] && export SKIFF_ACCESS_LOG=true
            [[ $1 == *-otlp* ]] && export OTEL_EXPORTER_OTLP_ENDPOINT=$url:18299
            exec "$skiff" serve --registry "$registry" --urls "$url:$port" ;;
        python) exec "$repository/tools/python-service/serve.sh" "$python" "$registry" "$port" cached ;;
    esac >"$work/$1.log" 2>&1 &
    server=$!
}

# Asks for a prediction without starting a process, which would take longer than some servers need to start.
predicts() {
    local status=
    if ! { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; then
        return 1
    fi
    printf 'POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' ${#body} "$body" >&3
    IFS= read -r -t 10 status <&3 || true
    exec 3>&-
    [[ $status == "HTTP/1.1 200"* ]]
}

# Microseconds from a moment to the first prediction. Gives up after 60 seconds, or at once when the server has ended.
first_answer() {
    local began=$1
    until predicts; do
        if ! kill -0 "$server" 2>/dev/null || [ $((${EPOCHREALTIME/./} - began)) -gt 60000000 ]; then
            echo "compare.sh: no answer; its log ends with:" >&2
            tail -5 "$work"/*.log >&2
            exit 1
        fi
        read -r -t 0.001 -u 9 || true
    done
    echo $((${EPOCHREALTIME/./} - began))
}

# Hundredths of a second of processor time that the server has used.
processor() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }

turn() {
    local name=$1 began start_time line memory before
    began=${EPOCHREALTIME/./}
    start "$name"
    start_time=$(first_answer "$began")
    wrk -t1 -c16 -d1s -s "$here/predict.lua" "$url:$port" >/dev/null
    before=$(processor)
    line=$(wrk -t1 -c16 -d"${seconds}s" -s "$here/predict.lua" "$url:$port" | awk '$1 == "RESULT"')
    line+=" $(($(processor) - before))"
    memory=$(awk '/^VmRSS/ { print $2 }' "/proc/$server/status")
    stop
    echo "$name $start_time $memory ${line#RESULT }" >>"$results"
}

command -v wrk >/dev/null || { echo "compare.sh: needs wrk" >&2; exit 1; }
if [ -z "$ceiling" ]; then
    dotnet publish "$here/ceiling" -c Release -o "$work/ceiling" -v q --nologo >&2
    ceiling=$work/ceiling/ceiling
fi
servers=(ceiling)
[ -z "$skiff" ] || servers+=(skiff)
[ -z "$observed" ] || servers+=(skiff-log skiff-otlp skiff-log-otlp)
[ -z "$python" ] || servers+=(python)
if [ -n "$observed" ]; then
    python3 "$here/collector.py" 18299 &
    collector=$!
fi

for round in $(seq "$rounds"); do
    for name in "${servers[@]}"; do
        echo "round $round of $rounds: $name" >&2
        turn "$name"
    done
done

echo "$(nproc) cores, wrk -t1 -c16, $rounds rounds of $seconds s, $(date +%F)"
echo
awk -v servers="${servers[*]}" '
    function median(name, field,    i, j, n, t, v) {
        n = count[name]
        for (i = 1; i <= n; i++) v[i] = value[name, field, i]
        for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
        return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    {
        n = ++count[$1]
        value[$1, "rate", n] = $4 * 1e6 / $5
        value[$1, "p50", n] = $6 / 1000
        value[$1, "p99", n] = $7 / 1000
        if (n == 1 || $2 / 1000 < start[$1]) start[$1] = $2 / 1000
        if ($3 / 1024 > memory[$1]) memory[$1] = $3 / 1024
        value[$1, "processor", n] = $10 * 1e4 / $4
        failed[$1] += $8 + $9
    }
    END {
        split(servers, names, " ")
        print "| server | requests/s | of the ceiling | of Python | processor µs a request | p50 ms | p99 ms | memory MB | start to first answer ms | failed |"
        print "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
        for (i = 1; i in names; i++) {
            s = names[i]
            rate = median(s, "rate")
            python = ("python" in count) ? sprintf("%.1f", rate / median("python", "rate")) : "-"
            printf "| %s | %.0f | %.2f | %s | %.1f | %.2f | %.2f | %.0f | %.1f | %d |\n", s, rate, rate / median("ceiling", "rate"), python,
                median(s, "processor"), median(s, "p50"), median(s, "p99"), memory[s], start[s], failed[s]
        }
    }' "$results"
