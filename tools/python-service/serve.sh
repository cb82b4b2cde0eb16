#!/usr/bin/env bash
# Runs the Python service in the foreground: serve.sh ROOT REGISTRY PORT [cached]
# ROOT is a folder made by tools/scikit-learn/make-root.sh (forky), or / for this machine's own Python.
# It becomes the service's process, so that whoever started it stops it by its id; what it copied is left in ROOT/tmp.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${1%/}
registry=$2
port=$3
work=$root/tmp/python-service-$port
rm -rf "$work"
mkdir -p "$work"
cp "$here"/*.py "$work/"
cp -r "$registry" "$work/registry"
inside=${work#"$root"}
[ "${4:-}" = cached ] && cache=1 || cache=0
exec chroot "${root:-/}" /usr/bin/env -C "$inside" CACHE_MODEL=$cache REGISTRY_ROOT=registry JOBLIB_MULTIPROCESSING=0 PYTHONDONTWRITEBYTECODE=1 \
    python3 -m uvicorn main:app --host 127.0.0.1 --port "$port" --log-level warning
