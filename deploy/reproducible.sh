#!/usr/bin/env bash
# Publishes a program twice, from two copies of the commit in different folders, one with its history and one without, in different time zones and languages, and compares
# the bytes of both.
#
#   deploy/reproducible.sh [skiff|skiff-gateway] [linux-x64|linux-arm64]
#
# Prints the sums; fails if they differ, and says where. The same SDK and linker are needed for the same bytes: the sum is that of a machine's tools, the equality is everybody's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=${1:-skiff} platform=${2:-linux-x64}
case $program in
    skiff) project=Skiff.Cli ;;
    skiff-gateway) project=Skiff.Gateway ;;
    *) echo "reproducible: no program $program: use skiff or skiff-gateway" >&2; exit 2 ;;
esac
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=1
unset CI

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
first=$work/a second=$work/a-folder-with-another-name

# publish FOLDER VARIABLE...: no server of an earlier build may answer from the other folder.
publish() {
    local folder=$1
    shift
    (cd "$folder" && env "$@" dotnet publish "src/$project" -c Release -r "$platform" -p:RestoreLockedMode=true -p:UseSharedCompilation=false -nodeReuse:false \
        --output "$folder/out" -v q) >"$folder.log" 2>&1 || { tail -20 "$folder.log" >&2; exit 1; }
}

git clone --quiet --no-hardlinks "$PWD" "$first"
mkdir "$second"
git -C "$first" archive HEAD src deploy global.json .editorconfig NuGet.config Directory.Build.props Directory.Build.targets Directory.Packages.props | tar -x -C "$second"
publish "$first" TZ=UTC LC_ALL=C
publish "$second" TZ=Asia/Tokyo LC_ALL=C.UTF-8

# Symbols where the project publishes them.
files=("$program")
[ ! -e "$first/out/$program.dbg" ] || files+=("$program.dbg")
same=0
for file in "${files[@]}"; do
    (cd "$work" && sha256sum "${first##*/}/out/$file" "${second##*/}/out/$file")
    if ! cmp --silent "$first/out/$file" "$second/out/$file"; then
        echo "reproducible: $file differs in $(cmp -l "$first/out/$file" "$second/out/$file" | wc -l) bytes:" >&2
        cmp -l "$first/out/$file" "$second/out/$file" | head -5 >&2 || true
        same=1
    fi
done
[ "$same" = 0 ] && echo "reproducible: $program for $platform is the same, byte for byte"
exit "$same"
