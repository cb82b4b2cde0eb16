#!/usr/bin/env bash
# Verifies every answer: several models by two protocols, over many connections, while versions are swapped and evicted under a budget of memory. What
# scikit-learn answers is computed beforehand by Python (scikit-learn, pandas, joblib).
#
#   verify.sh --skiff BINARY [--seconds N] [--connections N] [--python DIR]
#     --python DIR   the root of a system with Python and scikit-learn; this one's Python otherwise
# Ends with 1 where an answer was wrong. docs/overload.md has the figures.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd) root=$(cd "$(dirname "$0")/../.." && pwd)
skiff='' seconds=60 connections=32 python=/
while [ $# -gt 0 ]; do
  case $1 in
    --skiff) skiff=$2 ;;
    --seconds) seconds=$2 ;;
    --connections) connections=$2 ;;
    --python) python=$2 ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
  shift 2
done
[ -n "$skiff" ] || { echo "verify.sh: --skiff is missing"; exit 2; }
skiff=$(realpath "$skiff")
work=$(mktemp -d)
server='' swapper=''
trap '[ -z "$swapper" ] || kill "$swapper" 2>/dev/null; [ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

if [ "$python" = / ]; then
  PYTHONPATH=$here PYTHONDONTWRITEBYTECODE=1 python3 "$here/verify_models.py" "$work"
else
  inside=$(mktemp -d -p "$python/tmp")
  cp "$here/models.py" "$here/verify_models.py" "$inside"
  chroot "$python" env PYTHONDONTWRITEBYTECODE=1 python3 "/tmp/${inside##*/}/verify_models.py" "/tmp/${inside##*/}/out"
  cp -r "$inside/out/." "$work"; rm -rf "$inside"
fi
dotnet build "$here/generator" -c Release -v q -nologo >/dev/null
load=(dotnet "$root/artifacts/bin/Skiff.Bench.Load/release/load.dll")

port=$((20000 + RANDOM % 20000)) url=''
start() {
  "$skiff" serve --registry "$work/registry" --urls "http://127.0.0.1:$port" --load lazy --max-wait 5000 --log-level warning "$@" &
  server=$! url=http://127.0.0.1:$port
  until curl -sf "$url/health/ready" >/dev/null; do sleep 0.1; done
}
ask() { "${load[@]}" --url "$url" --verify "$work/plan.json" "$@"; }

# What all versions take together; then a server that may keep six tenths of it.
start
ask --connections 1 --phases 0:3 >/dev/null
bytes=$(curl -s "$url/metrics" | awk '$1 == "skiff_models_loaded_bytes" { print int($2 * 0.6) }')
kill "$server"; wait "$server" || true
start --memory-budget "$bytes"

# Every fifth of a second another model serves another version.
(
  version=2
  while :; do
    for model in forest svm people text; do
      "$skiff" registry promote "$version" --registry "$work/registry" --model "$model" >/dev/null
      sleep 0.2
    done
    version=$((3 - version))
  done
) &
swapper=$!

status=0
ask --connections "$connections" --phases "0:$seconds" || status=$?
curl -s "$url/metrics" | grep -E '^skiff_model_(swaps|evictions|loads)_total|^skiff_models_loaded'
exit "$status"
