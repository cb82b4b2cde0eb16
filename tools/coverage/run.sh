#!/usr/bin/env bash
# Runs the tests of projects and counts which lines and branches of src/ they reach.
#
#   tools/coverage/run.sh [PROJECT]...      (all of those below without any)
#
# Writes artifacts/coverage/results/PROJECT.json, and shows the table of docs/testing.md. Builds into a folder of its own with a package that the tests otherwise go without.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ $# -gt 0 ] || set -- Numerics Pickle Python Models Sklearn Registry ServiceDefaults Server Gateway Cli Conformance
export SkiffCoverage=true
built=$PWD/artifacts/coverage
mkdir -p "$built/results"
for project in "$@"; do
    dotnet build "tests/Skiff.$project.Tests" -v q -nologo "-p:ArtifactsPath=$built"
    rm -rf "$built/results/$project"
    dotnet test --project "tests/Skiff.$project.Tests" --no-build "-p:ArtifactsPath=$built" --results-directory "$built/results/$project" \
        --coverlet --coverlet-output-format json --coverlet-include '[Skiff.*]*' --coverlet-include '[skiff*]*' --coverlet-exclude '[Skiff.*Tests]*' --coverlet-exclude '[Skiff.TestKit*]*'
    mv "$built/results/$project"/coverage*.json "$built/results/$project.json"
done
exec tools/coverage/report.py "$built"/results/*.json
