# Sourced by the scripts beside: how each server is started and stopped, and what it uses. Needs $bin, $models, $work, $python, $repository and $port;
# $server is the process that runs, if any.

# The models that cannot be had from a server are left out: the Python service as it was takes one text, and ONNX has no operators for what the other two do.
serves() {
    local name=$1 model=$2 rows=$3
    case $name in
        python | python-cached) [ "$model" = sentiment ] && [ "$rows" = 1 ] ;;
        onnx) [[ $model == @(forest|boosting|logistic|svm) ]] ;;
        *) true ;;
    esac
}

registry_of() { if [ "$1" = sentiment ]; then echo "$repository/examples/registry/sentiment"; else echo "$models/$1"; fi; }

# start NAME MODEL: the server takes the place of the shell that starts it, so that its id is the one to stop and to look at.
start() {
    local name=$1 model=$2 registry url
    port=$((port + 1))
    url=http://127.0.0.1:$port
    registry=$(registry_of "$model")
    case $name in
        ceiling) exec "$bin/ceiling/ceiling" "$url" ;;
        skiff) exec "$bin/skiff/skiff" serve --registry "$registry" --urls "$url" --drain-delay 0 ;;
        skiff-jit) exec "$bin/skiff-jit/skiff" serve --registry "$registry" --urls "$url" --drain-delay 0 ;;
        skiff-log | skiff-otlp | skiff-log-otlp)
            export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
            [[ $name != *-log* ]] || export SKIFF_ACCESS_LOG=true
            [[ $name != *-otlp* ]] || export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:18299
            exec "$bin/skiff/skiff" serve --registry "$registry" --urls "$url" --drain-delay 0 ;;
        onnx) exec "$bin/onnx/onnx" "$models/$model.onnx" "$url" ;;
        python) exec "$repository/tools/python-service/serve.sh" "$python" "$registry" "$port" ;;
        python-cached) exec "$repository/tools/python-service/serve.sh" "$python" "$registry" "$port" cached ;;
        python-fast) exec "$repository/tools/python-service/serve.sh" "$python" "$registry" "$port" fast ;;
        *) echo "there is no server '$name'" && exit 2 ;;
    esac >"$work/server.log" 2>&1 &
    server=$!
}

stop() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    for _ in $(seq 50); do
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    kill -9 $(processes "$server") 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=''
    [ -z "$python" ] || rm -rf "${python%/}/tmp/python-service-$port"
}

fail() {
    echo "$(basename "$0"): $1; the server's log ends with:" >&2
    tail -5 "$work/server.log" >&2
    exit 1
}

# processes ID: a process and all that it started.
processes() {
    local child
    [ -e "/proc/$1" ] || return 0
    echo "$1"
    for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do processes "$child"; done
}

# Microseconds of processor time that the server has used, and the most memory in KB that its processes have held.
processor() {
    local id ticks=0
    for id in $(processes "$server"); do ticks=$((ticks + $(awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$id/stat" 2>/dev/null || echo 0))); done
    echo $((ticks * 1000000 / $(getconf CLK_TCK)))
}
memory() {
    local id sum=0
    for id in $(processes "$server"); do sum=$((sum + $(awk '/^VmHWM/ { print $2 }' "/proc/$id/status" 2>/dev/null || echo 0))); done
    echo "$sum"
}

# answers BODY EXPECTED: asks for a prediction without starting a process, which would take longer than some servers need to start.
answers() {
    local answer=''
    { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
    printf 'POST /predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' ${#1} "$1" >&3 2>/dev/null || true
    IFS= read -r -d '' -t 10 answer <&3 || true
    exec 3>&-
    [[ $answer == "HTTP/1.1 200"*"$2"* ]]
}

# first_answer NAME MODEL: starts a server; $took is then the microseconds until its first correct answer. Gives up after 60 seconds, or when it has ended.
first_answer() {
    local body expected began
    body=$(<"$models/$2-1.json")
    [ ${#body} -lt 65536 ] || fail "$2-1.json is too large to be sent at once"
    # {"predictions": [1]} is "predictions":[1] in an answer. The ceiling answers one thing always.
    expected=$(tr -d '{} \n' <"$models/$2-1.answer")
    [ "$1" != ceiling ] || expected='"prediction":"positive"'
    began=${EPOCHREALTIME/./}
    start "$1" "$2"
    until answers "$body" "$expected"; do
        kill -0 "$server" 2>/dev/null || fail "$1 has ended"
        [ $((${EPOCHREALTIME/./} - began)) -lt 60000000 ] || fail "$1 gave no right answer to $2"
        read -r -t 0.001 -u 9 || true
    done
    took=$((${EPOCHREALTIME/./} - began))
}
