#!/usr/bin/env bash
# Fuzzes one target, guided by coverage.
#
#   fuzz/run.sh TARGET SECONDS [SEED]              in one process, with this tree's own mutator
#   ENGINE=afl fuzz/run.sh TARGET SECONDS          AFL++ (Debian's package afl++) over SharpFuzz
#
# Builds a Release, copies it to artifacts/fuzz/instrumented, and instruments the assemblies that read foreign bytes with SharpFuzz's own tool.
# Inputs that took new branches stay in artifacts/fuzz/corpus, findings in artifacts/fuzz/findings (artifacts/fuzz/afl for AFL++).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${1:?a target, see: Skiff.Fuzz list} seconds=${2:?seconds} seed=${3:-1}
out=$PWD/artifacts/fuzz program=$PWD/artifacts/fuzz/instrumented/Skiff.Fuzz.dll
instrumented=(Skiff.Numerics Skiff.Pickle Skiff.Python Skiff.Models Skiff.Sklearn Skiff.Registry Skiff.Server skiff SharpCompress K4os.Compression.LZ4 K4os.Compression.LZ4.Streams ZstdSharp YamlDotNet)

prepare() {
    dotnet build fuzz/Skiff.Fuzz -c Release -v q -nologo
    if [ ! -f "$program" ] || [ artifacts/bin/Skiff.Fuzz/release/Skiff.Fuzz.dll -nt "$program" ]; then
        [ -x "$out/tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$out/tools"
        rm -rf "$out/instrumented"
        cp -r artifacts/bin/Skiff.Fuzz/release "$out/instrumented"
        local name
        for name in "${instrumented[@]}"; do
            DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")} "$out/tools/sharpfuzz" "$out/instrumented/$name.dll"
        done
        touch "$program"
    fi
}

with_afl() {
    rm -rf "$out/afl/$target"
    mkdir -p "$out/afl/$target"
    dotnet "$program" "$target" seeds "$out/afl/$target/seeds"
    local dictionary=()
    [ ! -f "fuzz/dictionaries/$target.dict" ] || dictionary=(-x "fuzz/dictionaries/$target.dict")
    AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 \
        afl-fuzz -V "$seconds" -t 10000 -m none "${dictionary[@]}" -s "$seed" -i "$out/afl/$target/seeds" -o "$out/afl/$target/out" -- dotnet "$program" "$target" afl
}

prepare
case ${ENGINE:-own} in
    own) dotnet "$program" "$target" run --seed "$seed" --seconds "$seconds" --corpus "$out/corpus/$target" --findings "$out/findings" ;;
    afl) with_afl ;;
    *) echo "ENGINE is own or afl" >&2; exit 2 ;;
esac
