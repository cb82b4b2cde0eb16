#!/usr/bin/env bash
# Runs the Python service in the foreground: serve.sh ROOT REGISTRY PORT [cached | fast]
#
#   (nothing)   main.py as it first was: the model is read from disk for every request
#   cached      main.py with its model kept in memory
#   fast        fast.py, the same for any model and written for speed, one process for each core
#
# ROOT is a folder made by tools/scikit-learn/make-root.sh (forky), or / for this machine's own Python.
# It becomes the service's process, so that whoever started it stops it by its id; what it copied is left in ROOT/tmp.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${1%/}
registry=$2
port=$3
case ${4:-} in
    '') service=(CACHE_MODEL=0 python3 -m uvicorn main:app) ;;
    cached) service=(CACHE_MODEL=1 python3 -m uvicorn main:app) ;;
    fast) service=(OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python3 -m uvicorn fast:app --workers "$(nproc)") ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
work=$root/tmp/python-service-$port
rm -rf "$work"
mkdir -p "$work"
cp "$here"/*.py "$work/"
cp -r "$registry" "$work/registry"
inside=${work#"$root"}
exec chroot "${root:-/}" /usr/bin/env -C "$inside" REGISTRY_ROOT=registry JOBLIB_MULTIPROCESSING=0 PYTHONDONTWRITEBYTECODE=1 \
    "${service[@]}" --host 127.0.0.1 --port "$port" --log-level warning
