#!/usr/bin/env bash
# Measures whole servers side by side on loopback, and prints tables: compare.sh [options]
#
#   --python ROOT      a folder made by tools/scikit-learn/make-root.sh (forky), or / for this machine's own Python; it also writes the models
#   --servers "..."    of ceiling skiff skiff-jit onnx python python-cached python-fast skiff-log skiff-otlp skiff-log-otlp     (default: the first seven)
#   --models "..."     of sentiment forest boosting people logistic svm                            (default: sentiment forest boosting)
#   --rows "..."       rows of a request, of 1 32 1000                                             (default: all)
#   --rounds N         rounds; in each every server has a turn                                     (default: 2)
#   --seconds N        seconds of a closed load and of an open one in each turn                    (default: 2)
#   --starts N         times that each server is started to see how soon it answers                (default: 10)
#   --results FOLDER   where the measurements go, added to what is there                           (default: artifacts/compare/results)
#   --figures FOLDER   where plots go                                                              (default: none)
#   --no-build         measures the programs and models as they were last built
#   --quick            one round of one second, three starts: to see whether everything works
#
# One server runs at a time, started anew for each turn. A turn is a load that is not counted, so that programs which get faster as
# they run have done so, then a closed load, whose connections ask again as soon as they are answered, then an open
# one of half of that rate, whose latencies count from when a request was due. Servers take turns by rounds, so that all see the same moods of the machine.
# Before anything is measured each server's labels are compared with scikit-learn's. Without --python its servers are left out, and python3 writes the models.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
python='' servers='' models_wanted='sentiment forest boosting' rows='1 32 1000' rounds=2 seconds=2 starts=10 figures='' build=yes
results=$repository/artifacts/compare/results bin=$repository/artifacts/compare/bin models=$repository/artifacts/compare/models
while [ $# -gt 0 ]; do
    case $1 in
        --models) models_wanted=$2 && shift 2 ;;
        --python | --servers | --rows | --rounds | --seconds | --starts | --results | --figures) printf -v "${1#--}" %s "$2" && shift 2 ;;
        --no-build) build='' && shift ;;
        --quick) rounds=1 seconds=1 starts=3 && shift ;;
        *) sed -n '2,20s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
    esac
done
[ -n "$servers" ] || servers="ceiling skiff skiff-jit onnx${python:+ python python-cached python-fast}"

port=$((18300 + RANDOM % 1000)) server='' collector=''
work=$(mktemp -d)
# Nothing is ever written here: reading from it with a timeout is a sleep without a process.
mkfifo "$work/silence"
exec 9<>"$work/silence"
source "$here/servers.sh"
source "$here/prepare.sh"
# Whatever happens, nothing stays behind.
trap 'stop; [ -z "$collector" ] || kill "$collector"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# load PHASES OPTIONS...: what the generator says of one phase, as JSON.
load() {
    local phases=$1 bodies=() body
    shift
    for body in "$models/$model-$count.json" "$models/$model-$count".[0-9]*.json; do [ ! -e "$body" ] || bodies+=(--body "$body"); done
    "$bin/load/load" --url "http://127.0.0.1:$port/predict" "${bodies[@]}" --phases "$phases" "$@"
}

# keep KIND JSON PROCESSOR: one line of the results.
keep() {
    jq -r --arg head "$model,$count,$name,$run-$round,$1" --arg tail "$3,$(memory)" '
        [$head, .due, .answered, (.refused + .failed + .late), .perSecond, .p50, .p99, .p999, .max, $tail] | join(",")' <<<"$2" >>"$results/load.csv"
}

# A turn of server $name with $model, $count rows a request.
turn() {
    local closed open before used rate connections=16
    # What is asked for a thousand rows keeps two cores busy by few connections; more would only measure how many bodies fit in memory.
    [ "$count" -lt 1000 ] || connections=4
    first_answer "$name" "$model"
    echo "$model,$name,$took" >>"$results/starts.csv"
    load "0:$seconds" --connections "$connections" >/dev/null
    before=$(processor)
    closed=$(load "0:$seconds" --connections "$connections")
    used=$(($(processor) - before))
    [ "$(jq '.answered > 0 and .failed == 0' <<<"$closed")" = true ] || fail "$name, $model, $count rows: $closed"
    keep closed "$closed" "$used"
    rate=$(jq '.perSecond / 2' <<<"$closed")
    before=$(processor)
    open=$(load "$rate:$seconds" --connections 128)
    keep open "$open" $(($(processor) - before))
    stop
}

[ -z "$build" ] || build_programs
[ -z "$build" ] && [ -d "$models" ] || write_models
mkdir -p "$results"
[ -e "$results/load.csv" ] || echo "model,rows,server,round,load,due,answered,failed,per_second,p50_us,p99_us,p999_us,max_us,processor_us,memory_kb" >"$results/load.csv"
[ -e "$results/starts.csv" ] || echo "model,server,first_answer_us" >"$results/starts.csv"
sizes >"$results/sizes.csv"
describe >"$results/machine.txt"
if [[ $servers == *otlp* ]]; then
    python3 "$here/collector.py" 18299 &
    collector=$!
fi

run=$(date +%H%M%S)
for model in $models_wanted; do
    for name in $servers; do
        check "$name" "$model" "$rows"
    done
done
for round in $(seq "$rounds"); do
    for model in $models_wanted; do
        for count in $rows; do
            for name in $servers; do
                ! serves "$name" "$model" "$count" || { echo "round $round of $rounds: $model, $count rows, $name" >&2; turn; }
            done
        done
    done
done
for _ in $(seq "$starts"); do
    for model in $models_wanted; do
        for name in $servers; do
            serves "$name" "$model" 1 || continue
            first_answer "$name" "$model"
            stop
            echo "$model,$name,$took" >>"$results/starts.csv"
        done
    done
done
python3 "$here/tables.py" "$results"
if [ -n "$figures" ]; then
    mkdir -p "$figures"
    python3 "$here/plot_compare.py" "$results" "$figures"
fi
