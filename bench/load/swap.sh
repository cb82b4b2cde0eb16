#!/usr/bin/env bash
# What promoting new versions adds to the latency of a server at half of its full load: swap.sh [options]
#
#   --skiff FILE       the published skiff program
#   --load FILE        the published load generator; built here where it is not given
#   --models FOLDER    what models.py has written; written here, by python3, where it is not given
#   --rounds N         rounds, each without promotions and then with them        (default: 5)
#   --seconds N        seconds of each                                           (default: 6)
#   --pause N          seconds between two promotions                            (default: 1)
#
# Two forests of 100 trees are promoted in turn by `skiff registry promote`, on the cores that server and load share, while requests of one row come at
# moments that do not depend on the answers. Figures are the medians of the rounds; most promotions must have been served, by the server's log: one that is overtaken
# by the next need not be.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
skiff='' load='' models='' rounds=5 seconds=6 pause=1 port=$((19400 + RANDOM % 500))
while [ $# -gt 0 ]; do
    case $1 in
        --skiff | --load | --models | --rounds | --seconds | --pause) printf -v "${1#--}" %s "$2" && shift 2 ;;
        *) sed -n '2,14s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
done
[ -x "$skiff" ] || { echo "swap.sh: needs --skiff" >&2; exit 2; }

work=$(mktemp -d)
server='' promoter=''
stop_promoting() {
    [ -z "$promoter" ] || { touch "$work/enough"; wait "$promoter"; }
    promoter=''
}
trap 'stop_promoting || true; [ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

if [ -z "$load" ]; then
    dotnet publish "$here/generator" -c Release -o "$work/load" -v q --nologo >&2
    load=$work/load/load
fi
if [ -z "$models" ]; then
    models=$work/models
    /usr/bin/python3 "$here/models.py" "$models"
fi
registry=$work/registry
"$skiff" registry publish "$models/forest/latest/model.joblib" --version 1.0.0 --promote --registry "$registry" >&2
"$skiff" registry publish "$models/forest-next/latest/model.joblib" --version 2.0.0 --registry "$registry" >&2
"$skiff" serve --registry "$registry" --urls "http://127.0.0.1:$port" --drain-delay 0 >"$work/log" 2>&1 &
server=$!
for _ in $(seq 100); do
    ! curl --silent --fail --output /dev/null "http://127.0.0.1:$port/health/ready" || break
    sleep 0.1
done

bodies=()
for body in "$models"/forest-1.json "$models"/forest-1.*.json; do bodies+=(--body "$body"); done
ask() { "$load" --url "http://127.0.0.1:$port/predict" "${bodies[@]}" "$@"; }

promote() {
    local version=2.0.0
    until [ -e "$work/enough" ]; do
        "$skiff" registry promote "$version" --registry "$registry" >>"$work/promotions" 2>&1 && echo "promoted $version" >>"$work/promotions"
        [ "$version" = 1.0.0 ] && version=2.0.0 || version=1.0.0
        sleep "$pause"
    done
    rm "$work/enough"
}

# served: how often another version has become the one that serves.
served() { grep -c '"eventId":208' "$work/log" || true; }

full=$(ask --warmup 3 --phases "0:$seconds" | jq .perSecond)
half=$(jq -n "$full / 2 | floor")
before=$(served)
for _ in $(seq "$rounds"); do
    ask --phases "$half:$seconds" --connections 128 >>"$work/calm"
    promote &
    promoter=$!
    ask --phases "$half:$seconds" --connections 128 >>"$work/swapping"
    stop_promoting
    sleep 1
done
promoted=$(grep -c '^promoted' "$work/promotions")
swapped=$(($(served) - before))
[ $((swapped * 2)) -ge "$promoted" ] || { echo "swap.sh: $promoted promotions, but only $swapped versions were served" >&2; exit 1; }

# middle FILE FIELD: the median of the rounds, in milliseconds.
middle() { jq -s "map(.$2) | sort | .[length / 2 | floor] / 1000" "$work/$1"; }
row() { echo "| $2 | $(middle "$1" p50) | $(middle "$1" p99) | $(middle "$1" p999) | $(middle "$1" max) | $(jq -s 'map(.refused + .failed + .late) | add' "$work/$1") |"; }
echo "$(nproc) cores, $(date +%F), $rounds rounds of $seconds s, $half requests/s of the $full that are answered at full load, $promoted promotions, $swapped of them served"
echo
echo "| | p50 ms | p99 ms | p99.9 ms | max ms | failed |"
echo "| --- | ---: | ---: | ---: | ---: | ---: |"
row calm "no promotions"
row swapping "a promotion each $pause s"
