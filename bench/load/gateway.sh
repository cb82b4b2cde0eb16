#!/usr/bin/env bash
# Measures what a gateway costs: the model server asked directly, through skiff-gateway, and through the Fastify example. gateway.sh [options]
#
#   --skiff FILE       the published skiff program
#   --gateway FILE     the published skiff-gateway program
#   --fastify FOLDER   examples/fastify with its packages installed (npm ci); left out where it is not given
#   --rounds N         rounds; in each every way has a turn    (default: 3)
#   --seconds N        seconds of a turn                       (default: 3)
#
# Two tables: first as many requests as 32 connections get through, then half as many of each way's own, by connections that pause for 10 ms in the mean
# between two requests. All programs run all the time, on the same cores as the load; one way is asked at a time. Figures are the medians of the rounds.
# Neither gateway writes a line for each request. `processor` is the time that the program which is asked takes for a request, whatever else the machine does.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
skiff='' gateway='' fastify='' rounds=3 seconds=3
while [ $# -gt 0 ]; do
    case $1 in
        --skiff | --gateway | --fastify | --rounds | --seconds) printf -v "${1#--}" %s "$2" && shift 2 ;;
        *) sed -n '2,14s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
done
[ -x "$skiff" ] && [ -x "$gateway" ] || { echo "gateway.sh: needs --skiff and --gateway" >&2; exit 2; }
for tool in curl wrk; do
    command -v "$tool" >/dev/null || { echo "gateway.sh: needs $tool" >&2; exit 1; }
done

think=10
connections=32
work=$(mktemp -d)
programs=()
export API_KEY=a-key-for-measuring
declare -A address process

stop() {
    [ "${#programs[@]}" -eq 0 ] || kill "${programs[@]}" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

# start NAME PORT HEALTH COMMAND...: a program that runs until this script ends, once it answers.
start() {
    local name=$1 port=$2 health=$3 deadline=$((SECONDS + 30))
    shift 3
    "$@" >"$work/$name.log" 2>&1 </dev/null &
    programs+=($!)
    process[$name]=$!
    address[$name]=http://127.0.0.1:$port
    until curl --silent --fail --output /dev/null --max-time 5 "${address[$name]}$health"; do
        [ "$SECONDS" -lt "$deadline" ] || { echo "gateway.sh: no answer from $name; its log ends with:" >&2; tail -5 "$work/$name.log" >&2; exit 1; }
        sleep 0.1
    done
}

# processor NAME: the processor time that a program has taken, in ticks.
processor() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/${process[$1]}/stat"; }

# turn TABLE NAME CONNECTIONS: one turn of one way, kept as a line.
turn() {
    local line before
    before=$(processor "$2")
    line=$(wrk -t1 "-c$3" "-d${seconds}s" -s "$here/predict.lua" "${address[$2]}" | awk '$1 == "RESULT"')
    echo "$2 ${line#RESULT } $(($(processor "$2") - before))" >>"$work/$1"
}

# rate NAME: the median of its requests per second so far.
rate() { awk -v name="$1" '$1 == name { print $2 * 1e6 / $3 }' "$work/full" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# table FILE [WITH_RATIOS]
table() {
    awk -v ratios="${2:-}" -v ticks="$(getconf CLK_TCK)" '
        function median(name, field,    i, j, n, t, v) {
            n = count[name]
            for (i = 1; i <= n; i++) v[i] = value[name, field, i]
            for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
            return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
        }
        {
            n = ++count[$1]
            value[$1, "rate", n] = $2 * 1e6 / $3
            value[$1, "p50", n] = $4 / 1000
            value[$1, "p99", n] = $5 / 1000
            failed[$1] += $6 + $7
            value[$1, "processor", n] = $8 * 1e6 / ticks / $2
        }
        END {
            print "| way | requests/s |" (ratios ? " of direct | of Fastify |" : "") " p50 ms | p99 ms | processor, µs | failed |"
            print "| --- | ---: |" (ratios ? " ---: | ---: |" : "") " ---: | ---: | ---: | ---: |"
            split("direct gateway fastify", names, " ")
            for (i = 1; i <= 3; i++) {
                s = names[i]
                if (!(s in count)) continue
                rate = median(s, "rate")
                printf "| %s | %.0f |", s, rate
                if (ratios) printf " %.2f | %s |", rate / median("direct", "rate"), ("fastify" in count) ? sprintf("%.1f", rate / median("fastify", "rate")) : "-"
                printf " %.2f | %.2f | %.0f | %d |\n", median(s, "p50"), median(s, "p99"), median(s, "processor"), failed[s]
            }
        }' "$1"
}

fastify=${fastify:+$(realpath "$fastify")}
first=$((18400 + RANDOM % 500 * 4))
start direct "$first" /health/ready "$skiff" serve --registry "$repository/examples/registry/sentiment" --urls "http://127.0.0.1:$first"
start gateway $((first + 1)) /health/ready env API_KEYS="$API_KEY" MODEL_API_BASE_URL="${address[direct]}" SKIFF_METRICS_PORT=$((first + 2)) PORT=$((first + 1)) "$gateway"
ways=(direct gateway)
if [ -n "$fastify" ]; then
    start fastify $((first + 3)) /health env --chdir="$fastify" API_KEYS="$API_KEY" PYTHON_API_BASE_URL="${address[direct]}" HOST=127.0.0.1 LOG_LEVEL=warn PORT=$((first + 3)) node src/server.js
    ways+=(fastify)
fi

for way in "${ways[@]}"; do
    wrk -t1 "-c$connections" -d1s -s "$here/predict.lua" "${address[$way]}" >/dev/null
done
for _ in $(seq "$rounds"); do
    for way in "${ways[@]}"; do
        turn full "$way" "$connections"
    done
done
echo "$(nproc) cores, load average $(cut -d' ' -f1 /proc/loadavg), $rounds rounds of $seconds s, $(date +%F)"
echo
echo "wrk -t1 -c$connections, no pause:"
echo
table "$work/full" with-ratios

export THINK=$think
for _ in $(seq "$rounds"); do
    for way in "${ways[@]}"; do
        # A connection sends one request in each pause and the time of an answer, half a millisecond.
        turn half "$way" "$(rate "$way" | awk -v think="$think" '{ print int($1 / 2 * (think + 0.5) / 1000) + 1 }')"
    done
done
echo
echo "half of each way's own, wrk -t1, pauses of $think ms in the mean:"
echo
table "$work/half"
