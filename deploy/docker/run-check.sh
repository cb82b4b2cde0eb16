#!/usr/bin/env bash
# Runs the image that build.sh made, in a chroot on loopback, and holds its answers against what the documentation promises.
#
#   deploy/docker/run-check.sh [amd64|arm64|gateway]
#
# One line a check, `PASS`, `FAIL` or `SKIP` first; fails if any check did. Needs root, buildah, curl and jq; arm64 needs qemu-user-static as well.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

arch=${1:-amd64}
image=localhost/python-model-api:latest
sentiment=$PWD/examples/registry/sentiment
question='{"text":"this is a great product"}'

. deploy/docker/checks.sh
running=

clean() {
    stop >/dev/null 2>&1
    buildah rmi localhost/skiff-baked-in >/dev/null 2>&1
    remove_containers
}
trap clean EXIT

in_container() { buildah run --isolation chroot --cap-drop=ALL "${options[@]}" "$container" -- "$@"; }

# start [buildah run option]...: the image's own entry point and command, on a port nobody uses, until it answers.
start() {
    port=$(free_port)
    options=(--env "PORT=$port" "$@")
    : >"$work/server.log"
    in_container "${command[@]}" >"$work/server.log" 2>&1 </dev/null &
    running=$!
    until_answers "http://127.0.0.1:$port/health" "$running"
}

# stop: asks the server to end, as a container engine does, and answers its exit code.
stop() {
    local pid=$running
    running=
    [ -n "$pid" ] || return 0
    end "$pid"
}

get() { curl --silent --show-error --max-time 10 "http://127.0.0.1:$port$1"; }
status() { curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' "http://127.0.0.1:$port$1"; }
predict() { curl --silent --show-error --max-time 10 -H 'content-type: application/json' -d "$question" "http://127.0.0.1:$port/predict"; }

is_healthy() { get /health | tee /dev/stderr | jq -e '.status == "ok" and .detail == "model API running"'; }
is_not_ready() { [ "$(status /health/ready)" = 503 ]; }
is_positive() { predict | tee /dev/stderr | jq -e '.prediction == "positive" and .version == "1.0.0"'; }
says_no_model() { predict | tee /dev/stderr | jq -e '.status == 503 and (.detail | test("model"))'; }
answers_on() { curl --silent --fail --max-time 10 --globoff "http://$1:$port/health"; }
health_verb() { in_container "${health[@]}"; }
health_verb_fails() { ! in_container "${health[@]}"; }
owner_is_app() { [ "$(stat -c %u "/proc/$(served_by "$running")")" = 1654 ]; }
no_capabilities() { grep -q '^CapEff:[[:space:]]*0*$' "/proc/$(served_by "$running")/status"; }
has_no_shell() { ! ls "$root"/bin/*sh "$root"/usr/bin/*sh 2>/dev/null; }
has_no_symbols() { ! find "$root/app" -name '*.dbg' -o -name '*.pdb' | grep .; }

# The registry, baked in by the very Dockerfile that docs/container.md shows.
bake() {
    mkdir -p "$work/bake"
    cp -r "$sentiment" "$work/bake/registry"
    awk '/^<!-- baked-in -->/ {found = 1} found && /^```$/ {exit} found && inside {print} found && /^```dockerfile/ {inside = 1}' docs/container.md \
        | sed 's|^FROM python-model-api|FROM localhost/python-model-api|' >"$work/bake/Dockerfile"
    [ "$(wc -l <"$work/bake/Dockerfile")" = 3 ] || { echo "docs/container.md shows no Dockerfile of three lines"; return 1; }
    buildah build --isolation chroot --format docker --pull-never --tag localhost/skiff-baked-in "$work/bake"
}

# A file system that nobody can write to, no capabilities and no way to get any: what buildah's chroot isolation cannot do by itself.
start_read_only() {
    port=$(free_port)
    env -i "${variables[@]}" "PORT=$port" unshare --mount sh -euc '
        root=$1; registry=$2; shift 2
        mount --make-rprivate /
        mount --bind "$root" "$root"
        for folder in dev proc; do mkdir -p "$root/$folder"; mount --rbind "/$folder" "$root/$folder"; done
        mount --bind "$registry" "$root/app/registry"
        mount -o remount,bind,ro "$root/app/registry"
        mount -o remount,bind,ro "$root"
        if touch "$root/tmp/written" 2>/dev/null; then echo "the file system can be written to"; exit 1; fi
        cd "$root"
        exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+setuid,+setgid,+sys_chroot chroot --userspec=1654:1654 "$root" "$@"
    ' sh "$root" "$sentiment" "${command[@]}" >"$work/server.log" 2>&1 </dev/null &
    running=$!
    until_answers "http://127.0.0.1:$port/health" "$running"
}

until_ready() { until_answers "http://127.0.0.1:$port/health/ready" "$running"; }

amd64() {
    container "$image"
    check "image: no shell" has_no_shell
    check "image: no debug symbols" has_no_symbols

    check "empty registry: starts" start
    check "empty registry: healthy" is_healthy
    check "empty registry: not ready" is_not_ready
    check "empty registry: says that no model is there" says_no_model
    check "listening: IPv4, not loopback only" answers_on "$(hostname -I | tr ' ' '\n' | grep -m1 -F .)"
    if [ -e /proc/net/if_inet6 ]; then
        check "listening: IPv6" answers_on '[::1]'
    else
        skip "listening: IPv6" "this machine has none"
    fi
    check "health check: passes while the server runs" health_verb
    check "user: app, not root" owner_is_app
    check "capabilities: none" no_capabilities
    check "SIGTERM: ends with exit code 0" stop
    check "health check: fails when no server runs" health_verb_fails

    check "mounted registry: starts" start -v "$sentiment:/app/registry:ro"
    check "mounted registry: ready" until_ready
    check "mounted registry: predicts" is_positive
    check "mounted registry: inspect" in_container "${command[0]}" inspect /app/registry/latest/model.joblib
    check "mounted registry: SIGTERM" stop

    check "read-only file system, no capabilities: starts" start_read_only
    check "read-only file system, no capabilities: ready" until_ready
    check "read-only file system, no capabilities: predicts" is_positive
    check "read-only file system, no capabilities: has none" no_capabilities
    check "read-only file system, no capabilities: SIGTERM" stop

    check "baked in: builds" bake
    container localhost/skiff-baked-in
    check "baked in: starts" start
    check "baked in: ready" until_ready
    check "baked in: predicts" is_positive
    check "baked in: SIGTERM" stop
}

start_emulated() {
    port=$(free_port)
    : >"$work/server.log"
    qemu-aarch64-static -L "$root" "$root/app/skiff" serve --registry "$sentiment" --urls "http://127.0.0.1:$port" >"$work/server.log" 2>&1 </dev/null &
    running=$!
    until_answers "http://127.0.0.1:$port/health" "$running"
}

is_arm64() { file -b "$root/app/skiff" | tee /dev/stderr | grep -q aarch64; }

arm64() {
    container localhost/python-model-api:arm64
    check "arm64: the program is for arm64" is_arm64
    if ! command -v qemu-aarch64-static >/dev/null; then
        skip "arm64: runs" "needs qemu-aarch64-static (apt-get install qemu-user-static)"
        return
    fi
    check "arm64 under emulation: starts" start_emulated
    check "arm64 under emulation: healthy" is_healthy
    check "arm64 under emulation: ready" until_ready
    check "arm64 under emulation: predicts" is_positive
    check "arm64 under emulation: SIGTERM" stop
}

get_status() { [ "$(status "$1")" = "$2" ]; }

gateway() {
    container localhost/skiff-gateway:latest
    check "gateway: no shell" has_no_shell
    check "gateway: no debug symbols" has_no_symbols
    check "gateway: starts" start --env MODEL_API_BASE_URL=http://127.0.0.1:1 --env SKIFF_METRICS_PORT="$(free_port)" --env API_KEYS=mobile:secret
    check "gateway: healthy" get_status /health 200
    check "gateway: not ready without a model server" get_status /health/ready 503
    check "gateway: asks for a key" get_status /admin/models 401
    check "gateway: health check" health_verb
    check "gateway: user app, not root" owner_is_app
    check "gateway: no capabilities" no_capabilities
    check "gateway: SIGTERM ends it with exit code 0" stop
}

"$arch"
exit $((failures > 0))
