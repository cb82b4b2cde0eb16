#!/usr/bin/env bash
# Puts beside a program what says what is in it, within the build of its image.
#
#   deploy/docker/licenses.sh skiff|skiff-gateway amd64|arm64 FOLDER
#
# FOLDER/sbom.cdx.json lists the packages; LICENSE, THIRD-PARTY-NOTICES.md and licenses/ are their licences, the last as the restored packages bring them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

program=$1 folder=$3
case $2 in
    amd64) platform=linux-x64 ;;
    arm64) platform=linux-arm64 ;;
    *) echo "licenses: no program for $2" >&2; exit 2 ;;
esac
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}

# notices PACKAGE: those of others that a package brings, of the version in the list.
notices() {
    local name=$1 version
    version=$(grep -m1 -oE "\"pkg:nuget/$name@[^\"]*" "deploy/sbom/$program.$platform.cdx.json" | sed 's/.*@//')
    install -m 644 "$packages/${name,,}/$version/THIRD-PARTY-NOTICES.TXT" "$folder/licenses/$name.txt"
}

mkdir -p "$folder/licenses"
cp LICENSE THIRD-PARTY-NOTICES.md "$folder/"
cp "deploy/sbom/$program.$platform.cdx.json" "$folder/sbom.cdx.json"
notices "Microsoft.NETCore.App.Runtime.NativeAOT.$platform"
notices "Microsoft.AspNetCore.App.Runtime.$platform"
notices OpenTelemetry
