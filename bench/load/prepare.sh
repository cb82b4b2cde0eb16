# Sourced by the scripts beside: builds the programs, writes the models, and compares answers before anything is measured.

build_programs() {
    local release=(-c Release -v q --nologo)
    dotnet publish "$repository/src/Skiff.Cli" "${release[@]}" -o "$bin/skiff" >&2
    dotnet publish "$here/ceiling" "${release[@]}" -o "$bin/ceiling" >&2
    dotnet publish "$here/generator" "${release[@]}" -o "$bin/load" >&2
    # The same program under the JIT: tiers and dynamic profiles, as is .NET's default.
    # Without the lock file, which has the native compiler in it and would lose it.
    dotnet publish "$repository/src/Skiff.Cli" "${release[@]}" -p:PublishAot=false -p:RestorePackagesWithLockFile=false -o "$bin/skiff-jit" >&2
    dotnet publish "$here/onnx" "${release[@]}" -o "$bin/onnx" >&2
    dotnet build "$repository/bench/Skiff.Benchmarks" "${release[@]}" -o "$bin/benchmarks" >&2
}

# Models are written by the Python that also serves them: one version of scikit-learn does not read another's.
write_models() {
    local root=${python%/} inside=/tmp/skiff-models-$$ model
    mkdir "$root$inside"
    cp "$here/models.py" "$root$inside/"
    cp -r "$repository/examples/registry/sentiment" "$root$inside/sentiment"
    ${root:+chroot "$root"} env JOBLIB_MULTIPROCESSING=0 python3 -W ignore "$inside/models.py" "$inside/models" "$inside/sentiment"
    rm -rf "$models"
    mv "$root$inside/models" "$models"
    rm -r "$root$inside"
    [[ $servers == *onnx* ]] || return 0
    for model in forest boosting logistic svm; do
        dotnet "$bin/benchmarks/Skiff.Benchmarks.dll" convert "$models/$model/latest/model.joblib" "$models/$model.onnx"
    done
}

# check NAME MODEL ROWS: ends the run where a server answers otherwise than scikit-learn. The ceiling answers nothing that could be compared.
check() {
    local count wanted=()
    for count in $3; do ! serves "$1" "$2" "$count" || wanted+=("$count"); done
    [ "$1" != ceiling ] && [ "${#wanted[@]}" -gt 0 ] || return 0
    first_answer "$1" "$2"
    python3 "$here/check.py" "http://127.0.0.1:$port/predict" "$2" "$models" "${wanted[@]}" || fail "$1 does not answer as it must"
    stop
}

# What each server takes on disk, in bytes, without debugging symbols; those that run under the JIT with their share of the runtime, Python with what it imports.
sizes() {
    local name
    echo "server,bytes"
    for name in $servers; do
        case $name in
            ceiling | skiff) echo "$name,$(stat -c %s "$bin/$name/$name")" ;;
            skiff-jit) echo "$name,$(($(folder_size "$bin/$name") + $(runtime_size)))" ;;
            onnx) echo "$name,$(($(folder_size "$bin/$name" --exclude=osx-arm64 --exclude='win-*' --exclude='linux-arm64') + $(runtime_size)))" ;;
            python-fast) echo "$name,$(du -sbc "${python%/}"/usr/lib/python3* | tail -1 | cut -f1)" ;;
        esac
    done
}

folder_size() { du -sb --exclude='*.pdb' --exclude='*.dbg' --exclude='*.xml' "${@:2}" "$1" | cut -f1; }

runtime_size() {
    dotnet --list-runtimes | awk '$1 ~ /^Microsoft.(NETCore|AspNetCore).App$/ && $2 ~ /^10\./ { folder[$1] = substr($3, 2, length($3) - 2) "/" $2 } END { for (name in folder) print folder[name] }' \
        | xargs du -sb | awk '{ sum += $1 } END { print sum }'
}

describe() {
    echo "$(date +%F), commit $(git -C "$repository" describe --always --dirty), $(nproc) cores of $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), load average before it $(cut -d' ' -f1 /proc/loadavg)"
}
