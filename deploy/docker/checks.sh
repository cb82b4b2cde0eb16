# What the check scripts beside share; they source it. Sets `work`, a folder that ends with the script, and counts in `failures`.

work=$(mktemp -d)
containers=()
failures=0

# remove_containers: and the folder.
remove_containers() {
    for container in "${containers[@]}"; do
        buildah rm "$container" >/dev/null 2>&1
    done
    rm -rf "$work"
}

# check NAME COMMAND...: one check; what the command prints is shown when it fails, and the end of each program's log.
check() {
    local name=$1 log
    shift
    if "$@" >"$work/check.log" 2>&1; then
        echo "PASS $name"
        return
    fi
    failures=$((failures + 1))
    echo "FAIL $name"
    tail -20 "$work/check.log" | sed 's/^/    /'
    for log in "$work"/*.log; do
        [ "$log" = "$work/check.log" ] || tail -20 "$log" | sed "s|^|    $(basename "$log" .log): |"
    done
}

skip() { echo "SKIP $1: $2"; }

free_port() {
    local port
    while port=$(jq -n 'now * 1000000 | floor % 20000 + 20000') && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# container IMAGE: a fresh container of an image, in $container and, mounted, in $root; what it runs is in $command, its health check in $health.
container() {
    container=$(buildah from --pull-never --quiet "$1")
    root=$(buildah mount "$container")
    containers+=("$container")
    buildah inspect --type image "$1" | jq .Docker.config >"$work/config.json"
    mapfile -t command < <(jq -r '(.Entrypoint + (.Cmd // []))[]' "$work/config.json")
    mapfile -t variables < <(jq -r '.Env[]' "$work/config.json")
    mapfile -t health < <(jq -r '.Healthcheck.Test[1:][]' "$work/config.json")
    [ "${#command[@]}" -gt 0 ] && [ "${#health[@]}" -gt 0 ] || { echo "FAIL $1 has no command or no health check"; exit 1; }
}

# until_answers URL PID: waits for a program's answer; one that ends before fails at once.
until_answers() {
    local deadline=$((SECONDS + 60))
    until curl --silent --fail --output /dev/null --max-time 5 "$1"; do
        [ "$SECONDS" -lt "$deadline" ] && kill -0 "$2" || { echo "no answer from $1"; return 1; }
        sleep 0.1
    done
}

# served_by PID: the process of ours at the end of the chain that buildah starts.
served_by() {
    local pid=$1 child
    while child=$(pgrep -P "$pid" | tail -1) && [ -n "$child" ]; do
        pid=$child
    done
    echo "$pid"
}

# end PID: asks a program to end, as a container engine does, and answers its exit code.
end() {
    kill -TERM "$(served_by "$1")"
    wait "$1"
}
