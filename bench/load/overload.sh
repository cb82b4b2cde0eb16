#!/usr/bin/env bash
# Offers the server one, two, five and ten times what it can answer, then half of it, and shows what becomes of it: overload.sh [options]
#
#   --skiff FILE       the published skiff program
#   --load FILE        the published load generator; built here where it is not given
#   --seconds N        seconds of a step                              (default: 5)
#   --plot FILE        where the plot goes, SVG                       (default: none)
#
# The model is the neighbours of models.py, asked for 32 rows at a time, which takes some milliseconds: to refuse a request costs little beside that. What it can answer is measured
# first, by a closed load of 8 connections. The generator shares the processors with the server and takes the more of them the more it offers: read what
# the server did with the processor time that it got, beside the requests a second.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
skiff='' load='' seconds=5 plot='' port=18310
while [ $# -gt 0 ]; do
    case $1 in
        --skiff | --load | --seconds | --plot) printf -v "${1#--}" %s "$2" && shift 2 ;;
        *) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
done

work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
if [ -z "$load" ]; then
    dotnet publish "$here/generator" -c Release -o "$work/load" -v q --nologo >&2
    load=$work/load/load
fi
/usr/bin/python3 "$here/models.py" "$work/models"
"$skiff" serve --registry "$work/models/neighbors" --urls "http://127.0.0.1:$port" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 100); do
    ! curl --silent --fail --output /dev/null "http://127.0.0.1:$port/health/ready" || break
    sleep 0.1
done

ask() { "$load" --url "http://127.0.0.1:$port/predict" --body "$work/models/neighbors-32.json" "$@"; }
processor() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }

capacity=$(ask --warmup 2 --connections 8 --phases "0:$seconds" | jq .perSecond)
echo "$(nproc) cores, $(date +%F); $capacity requests/s answered at 8 connections that never pause"
echo
echo "| offered, times that | requests/s offered | answered | of capacity | refused | given up after 5 s | p50 ms | p99 ms | answered in a second of the server's processor time |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
for times in 0.5 1 2 5 10 0.5; do
    rate=$(jq -n "$capacity * $times | floor")
    before=$(processor)
    row=$(ask --phases "$rate:$seconds" --connections 2000 --timeout 5000 --series "$work/series" \
        | jq -r --argjson times $times --argjson capacity "$capacity" \
            '[$times, .rate, .perSecond, (.perSecond / $capacity * 100 | round / 100), .refused, .late, .p50 / 1000, .p99 / 1000] | map(tostring) | join(" | ")')
    used=$(($(processor) - before))
    answered=$(awk -F, 'NR > 1 { sum += $3 } END { print sum }' "$work/series")
    echo "| $row | $(jq -n "$answered * 100 / $used | round") |"
    tail -n +2 "$work/series" >>"$work/all"
done

[ -z "$plot" ] || /usr/bin/python3 "$here/plot_overload.py" "$work/all" "$capacity" >"$plot"
