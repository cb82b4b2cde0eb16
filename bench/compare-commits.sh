#!/usr/bin/env bash
# Runs the benchmarks of bench/Skiff.Benchmarks as they are at two commits, and shows what became faster or slower: compare-commits.sh A B [FILTER]
#
# FILTER is BenchmarkDotNet's, '*' where it is not given. Each commit is built in a worktree of its own, removed afterwards. The two take turns, LAUNCHES times
# each (from the environment, 5 where it is not set), so that both see the same moods of the machine; a launch gives one median of each benchmark. A benchmark
# has moved where all launches of one commit lie on one side of all launches of the other, and the medians of the launches are more than 3 % apart: by chance
# alone five and five fall apart in one of 126 cases. What is left out has not moved, as far as this machine can tell.
set -euo pipefail
if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/.." && pwd)
filter=${3:-*}
launches=${LAUNCHES:-5}
work=$(mktemp -d)
declare -A commit=([before]="$(git -C "$repository" rev-parse --verify "$1^{commit}")" [after]="$(git -C "$repository" rev-parse --verify "$2^{commit}")")

clean() {
    for side in before after; do git -C "$repository" worktree remove --force "$work/$side" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

for side in before after; do
    git -C "$repository" worktree add --quiet --detach "$work/$side" "${commit[$side]}"
    dotnet build "$work/$side/bench/Skiff.Benchmarks" -c Release -v q --nologo >&2
done
if [ -z "${SKIFF_BENCH_MODELS:-}" ]; then
    export SKIFF_BENCH_MODELS=$work/models
    python3 "$here/Skiff.Benchmarks/write_models.py" "$SKIFF_BENCH_MODELS" >&2
fi

# launch SIDE NUMBER
launch() {
    echo "launch $2 of $launches: $1" >&2
    dotnet "$work/$1/artifacts/bin/Skiff.Benchmarks/release/Skiff.Benchmarks.dll" --filter "$filter" --exporters briefjson --artifacts "$work/$1-$2" >"$work/log" 2>&1 \
        || { tail -20 "$work/log" >&2; exit 1; }
}

for number in $(seq "$launches"); do
    # Who goes first changes, for what warms or tires the machine from one to the next.
    if [ $((number % 2)) -eq 1 ]; then
        launch before "$number" && launch after "$number"
    else
        launch after "$number" && launch before "$number"
    fi
done
python3 "$here/compare_commits.py" "$work"
