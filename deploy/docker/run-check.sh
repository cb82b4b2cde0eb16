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
has_no_symbols() { ! find "$root/app" -name '*.dbg' -o -name '*.pdb' | grep .; }

# Everywhere in the image, not where one would look first.
has_no_shell() { ! find "$root" -xdev \( -name sh -o -name '*ash' -o -name zsh -o -name ksh -o -name busybox -o -name toybox \) ! -type d | grep .; }
has_no_package_manager() { ! find "$root" -xdev \( -name 'apt*' -o -name 'dpkg*' -o -name apk -o -name rpm -o -name dnf -o -name yum -o -name microdnf \) ! -type d ! -path '*/doc/*' | grep .; }
has_no_setuid() { ! find "$root" -xdev -type f -perm /6000 | grep .; }
nobody_writes() { ! find "$root" -xdev ! -type l -perm -o+w ! -perm -1000 | grep .; }
app_owns_nothing_but_the_registry() { ! find "$root" -xdev ! -type l ! -path "$root/app/registry" ! -path "$root/home/app" \( -uid 1654 -o -gid 1654 \) | grep .; }
runs_as_app() { [ "$(jq -r .User "$work/config.json")" = 1654:1654 ]; }

# The C library's loader may be called a program; beside it there is ours alone.
has_one_program() {
    find "$root" -xdev -type f -perm /111 ! -name '*.so' ! -name '*.so.*' -printf '/%P\n' | tee /dev/stderr >"$work/programs"
    [ "$(cat "$work/programs")" = "/app/$1" ]
}

# lists_packages PROJECT PLATFORM: the image's bill of materials has what the lock file has, and the runtime that is linked in.
lists_packages() {
    local runtime
    runtime=$(sed -n 's|.*<DotNetRuntimeVersion>\(.*\)</DotNetRuntimeVersion>.*|\1|p' Directory.Packages.props)
    jq -e --slurpfile lock "src/$1/packages.lock.json" --arg runtime "$runtime" --arg platform "$2" '
        def locked: [$lock[0].dependencies["net10.0"] | to_entries[] | select(.value.type != "Project") | "\(.key) \(.value.resolved)"]
            - ([$lock[0].dependencies["net10.0"] | to_entries[] | select(.key | test("^Microsoft\\.(CodeAnalysis\\.|DotNet\\.ILCompiler|NET\\.ILLink)")) | "\(.key) \(.value.resolved)"]);
        .bomFormat == "CycloneDX" and .specVersion == "1.6"
            and ([.components[] | "\(.name) \(.version)"] | sort)
                == (locked + ["Microsoft.NETCore.App.Runtime.NativeAOT.\($platform) \($runtime)", "Microsoft.AspNetCore.App.Runtime.\($platform) \($runtime)"] | sort)
            and all(.components[]; (.hashes[0].content | length) == 128 and .licenses[0].license.id != null)' "$root/app/sbom.cdx.json"
}

has_licences() { [ -s "$root/app/LICENSE" ] && [ -s "$root/app/THIRD-PARTY-NOTICES.md" ] && [ "$(find "$root/app/licenses" -name '*.txt' -size +1k | wc -l)" = 3 ]; }

# contents NAME PROGRAM PROJECT PLATFORM: what an image holds and what it does not.
contents() {
    check "$1: no shell" has_no_shell
    check "$1: no package manager" has_no_package_manager
    check "$1: one program" has_one_program "$2"
    check "$1: no file runs as somebody else" has_no_setuid
    check "$1: nothing that everybody can write to but temporary folders" nobody_writes
    check "$1: says that it runs as app" runs_as_app
    check "$1: app cannot replace the program" app_owns_nothing_but_the_registry
    check "$1: no debug symbols" has_no_symbols
    check "$1: bill of materials" lists_packages "$3" "$4"
    check "$1: licences" has_licences
}

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
    contents image skiff Skiff.Cli linux-x64

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
    contents arm64 skiff Skiff.Cli linux-arm64
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
    contents gateway skiff-gateway Skiff.Gateway linux-x64
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
