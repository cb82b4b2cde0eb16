#!/usr/bin/env bash
# Drives the published programs under deploy/seccomp/skiff.json and shows what the profile refuses.
#
#   SKIFF_BINARY=skiff SKIFF_GATEWAY_BINARY=skiff-gateway deploy/seccomp/check.sh [--end-to-end]
#
# One line a check, `PASS` or `FAIL` first; fails if any check did. Starts, loads, answers, publishes and promotes a version while it runs, serves TLS and ends, for the server;
# stands before it, for the gateway. --end-to-end runs all of tests/Skiff.EndToEnd.Tests with every program under the profile as well. Needs python3, libseccomp, curl, jq
# and openssl.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

profile=$PWD/deploy/seccomp/skiff.json
run=$PWD/deploy/seccomp/run.py
[ -x "${SKIFF_BINARY:-}" ] && [ -x "${SKIFF_GATEWAY_BINARY:-}" ] || { echo "needs SKIFF_BINARY and SKIFF_GATEWAY_BINARY: the published programs" >&2; exit 2; }

. deploy/docker/checks.sh
declare -A pid
clean() {
    for name in "${!pid[@]}"; do
        kill -KILL "${pid[$name]}" 2>/dev/null
    done
    remove_containers
}
trap clean EXIT

# What every process could otherwise ask for, root or not, and what only root could.
refused() { "$run" "$profile" --denied ptrace process_vm_readv process_vm_writev unshare clone3 clone fork vfork execveat memfd_create io_uring_setup userfaultfd keyctl add_key personality bpf perf_event_open; }
refused_to_root() { "$run" "$profile" --denied mount umount2 pivot_root chroot setns setuid setgid setgroups capset kexec_load init_module finit_module open_by_handle_at mknod chown; }
no_packets() { "$run" "$profile" --denied socket; }

# A command that starts another: what a shell in the container would come to.
starts_no_process() { ! "$run" "$profile" /bin/sh -c '/bin/true; exit 0'; }

# launch NAME PATH COMMAND...: a program under the profile, until it answers at the path.
launch() {
    local name=$1 path=$2
    shift 2
    "$run" "$profile" "$@" >"$work/$name.log" 2>&1 </dev/null &
    pid[$name]=$!
    until_answers "$path" "$!"
}

end_program() {
    local running=${pid[$1]}
    unset "pid[$1]"
    kill -TERM "$running"
    wait "$running"
}

is_filtered() { grep -q '^Seccomp:[[:space:]]*2$' "/proc/${pid[$1]}/status"; }
ask() { curl --silent --show-error --max-time 20 -H 'content-type: application/json' -H 'x-api-key: secret' -d '{"text":"this is a great product"}' "http://127.0.0.1:$1/predict" | tee /dev/stderr; }
answers_tls() { curl --silent --show-error --fail "--$2" --cacert "$work/cert.pem" "https://localhost:$1/health" | tee /dev/stderr | jq -e '.status == "ok"'; }
answers() { ask "$1" | jq -e --arg version "$2" '(.result // .).version == $version'; }
skiff() { "$run" "$profile" "$SKIFF_BINARY" "$@"; }
soon() {
    local deadline=$((SECONDS + 30))
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.2
    done
}

# The end-to-end tests start programs by their paths: here are two that put themselves under the profile.
end_to_end() {
    local name
    for name in SKIFF_BINARY SKIFF_GATEWAY_BINARY; do
        printf '#!/bin/sh\nexec %q %q %q "$@"\n' "$run" "$profile" "${!name}" >"$work/$name"
        chmod +x "$work/$name"
    done
    SKIFF_BINARY=$work/SKIFF_BINARY SKIFF_GATEWAY_BINARY=$work/SKIFF_GATEWAY_BINARY dotnet test --project tests/Skiff.EndToEnd.Tests
}

cp -r examples/registry/sentiment "$work/registry"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/key.pem" -out "$work/cert.pem" -days 2 -subj /CN=localhost 2>/dev/null
server=$(free_port) tls=$(free_port) gateway=$(free_port) collector=$(free_port)
check "profile: every call is known" "$run" "$profile" --names
check "profile: refuses what no server needs" refused
check "profile: refuses root's own calls" refused_to_root
check "profile: refuses raw sockets" no_packets
check "profile: no other process is started" starts_no_process
check "server: starts, loads, ready" launch server "http://127.0.0.1:$server/health/ready" \
    env "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:$collector" "$SKIFF_BINARY" serve --registry "$work/registry" --urls "http://127.0.0.1:$server"
check "server: is under the profile" is_filtered server
check "server: predicts" answers "$server" 1.0.0
check "server with TLS: starts" launch tls "http://127.0.0.1:$server/health" \
    "$SKIFF_BINARY" serve --registry "$work/registry" --urls "https://localhost:$tls" --cert "$work/cert.pem" --key "$work/key.pem"
check "server with TLS: HTTP/1.1" soon answers_tls "$tls" http1.1
check "server with TLS: HTTP/2" answers_tls "$tls" http2
check "gateway: starts, ready" launch gateway "http://127.0.0.1:$gateway/health/ready" \
    env API_KEYS=check:secret "MODEL_API_BASE_URL=http://localhost:$server" "SKIFF_METRICS_PORT=$(free_port)" HOST=127.0.0.1 "PORT=$gateway" "$SKIFF_GATEWAY_BINARY"
check "gateway: is under the profile" is_filtered gateway
check "gateway: predicts" answers "$gateway" 1.0.0
check "registry: publishes" skiff registry publish tests/Skiff.EndToEnd.Tests/Data/reviews.joblib --version 1.1.0 --registry "$work/registry"
check "registry: promotes" skiff registry promote 1.1.0 --registry "$work/registry"
check "gateway: answers by the promoted version" soon answers "$gateway" 1.1.0
check "server: SIGTERM ends it with exit code 0" end_program server
check "server with TLS: SIGTERM ends it with exit code 0" end_program tls
check "gateway: SIGTERM ends it with exit code 0" end_program gateway
[ "${1:-}" != --end-to-end ] || check "end-to-end tests under the profile" end_to_end
exit $((failures > 0))
