#!/usr/bin/env bash
# Runs the whole system from the images that build.sh made, in chroots on loopback: two model servers on one registry, skiff-gateway before both, and the Fastify
# example, on this machine's node, before one. Asks through both gateways while a version is published and promoted, and while a model server ends.
#
#   deploy/docker/system-check.sh
#
# One line a check, `PASS`, `FAIL` or `SKIP` first; fails if any check did. Needs root, buildah, curl and jq; the Fastify example needs node and npm.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

. deploy/docker/checks.sh
key=a-key-of-the-system-check
declare -A pid port

clean() {
    for name in "${!pid[@]}"; do
        stop "$name" >/dev/null 2>&1
    done
    remove_containers
}
trap clean EXIT

stop() {
    local running=${pid[$1]}
    unset "pid[$1]"
    end "$running"
}

# launch NAME IMAGE [buildah run option]...: the image's own entry point and command, on a port nobody uses, until it answers.
launch() {
    local name=$1 image=$2
    shift 2
    container "localhost/$image:latest"
    port[$name]=$(free_port)
    buildah run --isolation chroot --cap-drop=ALL --env "PORT=${port[$name]}" "$@" "$container" -- "${command[@]}" >"$work/$name.log" 2>&1 </dev/null &
    pid[$name]=$!
    until_answers "$(url "$name")/health" "${pid[$name]}"
}

url() { echo "http://127.0.0.1:${port[$1]}"; }

launch_model_server() { launch "$1" python-model-api -v "$work/registry:/app/registry:ro" && until_answers "$(url "$1")/health/ready" "${pid[$1]}"; }

launch_gateway() {
    launch gateway skiff-gateway --env "API_KEYS=check:$key" --env "MODEL_API_BASE_URL=$(url model-a),$(url model-b)" --env SKIFF_METRICS_PORT="$(free_port)" \
        && until_answers "$(url gateway)/health/ready" "${pid[gateway]}"
}

install_fastify() {
    mkdir "$work/fastify"
    tar -c -C examples/fastify --exclude node_modules . | tar -x -C "$work/fastify"
    (cd "$work/fastify" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1)
}

launch_fastify() {
    port[fastify]=$(free_port)
    env --chdir="$work/fastify" "API_KEYS=$key" HOST=127.0.0.1 "PORT=${port[fastify]}" "PYTHON_API_BASE_URL=$(url model-a)" node src/server.js >"$work/fastify.log" 2>&1 </dev/null &
    pid[fastify]=$!
    until_answers "$(url fastify)/health" "${pid[fastify]}"
}

get() { curl --silent --show-error --max-time 40 -H "X-API-Key: $key" -H "X-Request-Id: system-check" "$(url "$1")$2"; }

# answers GATEWAY VERSION PREDICTION [VERSION ASKED FOR]
answers() {
    jq -n --arg version "${4:-}" '{text: "this is a great product"} + if $version == "" then {} else {$version} end' \
        | curl --silent --show-error --max-time 40 -H "X-API-Key: $key" -H "X-Request-Id: system-check" -H 'content-type: application/json' -d @- "$(url "$1")/predict" \
        | tee /dev/stderr \
        | jq -e --arg version "$2" --arg prediction "$3" '.requestId == "system-check" and .result.requestId == "system-check" and .result.version == $version and .result.prediction == $prediction'
}

lists() { get "$1" /admin/models | tee /dev/stderr | jq -e --argjson expected "$2" '[.models[].version] == $expected'; }
is_latest() { get "$1" /admin/models/latest | tee /dev/stderr | jq -e --arg version "$2" '.latestModel.version == $version'; }
refuses_strangers() { [ "$(curl --silent --output /dev/null --write-out '%{http_code}' "$(url "$1")/admin/models")" = 401 ]; }

# soon COMMAND...: waits for what is true a moment later.
soon() {
    local deadline=$((SECONDS + 30))
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.2
    done
}

# skiff ARGUMENT...: the model server's image as a tool, as the registry's owner.
skiff() {
    container localhost/python-model-api:latest
    buildah run --isolation chroot --user 0 -v "$work/registry:/app/registry" -v "$PWD/tests/Skiff.EndToEnd.Tests/Data:/models:ro" "$container" -- /app/skiff "$@"
}

# Many, so that each server that is thought well is asked.
answers_many() {
    local i
    for i in $(seq 50); do
        answers "$@" || return 1
    done
}

logs_hold_no_key() { ! grep -l -- "$key" "$work"/{model-a,model-b,gateway,fastify}.log 2>/dev/null; }

cp -r examples/registry/sentiment "$work/registry"
chmod -R a+rX "$work"
check "model server a: starts" launch_model_server model-a
check "model server b: starts" launch_model_server model-b
check "gateway: starts, ready" launch_gateway
gateways=(gateway)
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    skip "fastify" "needs node and npm"
else
    check "fastify: installs" install_fastify
    check "fastify: starts" launch_fastify
    gateways+=(fastify)
fi

for gateway in "${gateways[@]}"; do
    check "$gateway: asks for a key" refuses_strangers "$gateway"
    check "$gateway: predicts" answers "$gateway" 1.0.0 positive
    check "$gateway: lists versions" lists "$gateway" '["1.0.0"]'
done

check "registry: publishes 1.1.0" skiff registry publish /models/reviews.joblib --version 1.1.0
for gateway in "${gateways[@]}"; do
    check "$gateway: lists what was published" soon lists "$gateway" '["1.0.0","1.1.0"]'
    check "$gateway: goes on answering by 1.0.0" answers "$gateway" 1.0.0 positive
    check "$gateway: answers by 1.1.0 where it is asked for" soon answers "$gateway" 1.1.0 good 1.1.0
done

check "registry: promotes 1.1.0" skiff registry promote 1.1.0
for gateway in "${gateways[@]}"; do
    check "$gateway: 1.1.0 is the latest" soon is_latest "$gateway" 1.1.0
    check "$gateway: answers by 1.1.0" soon answers "$gateway" 1.1.0 good
done

check "registry: rolls back" skiff registry rollback
for gateway in "${gateways[@]}"; do
    check "$gateway: answers by 1.0.0 again" soon answers_many "$gateway" 1.0.0 positive
done

check "model server b: SIGTERM ends it with exit code 0" stop model-b
check "gateway: answers without model server b" answers_many gateway 1.0.0 positive
check "logs: hold no key" logs_hold_no_key
[ "${#gateways[@]}" -lt 2 ] || check "fastify: SIGTERM ends it with exit code 0" stop fastify
check "gateway: SIGTERM ends it with exit code 0" stop gateway
check "model server a: SIGTERM ends it with exit code 0" stop model-a
exit $((failures > 0))
