#!/usr/bin/env bash
# Changes the code of one area, one small thing at a time, and runs its tests against each change: what no test notices survives.
#
#   tools/mutation/run.sh AREA [--mutate PATTERN]...
#
# Areas: pickle, registry, python, admission, keys. The report is artifacts/mutation/AREA/reports/mutation-report.json; docs/testing.md has the figures and what survives.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

area=${1:?an area: pickle, registry, python, admission or keys}
shift
case $area in
    pickle) project=Skiff.Pickle patterns=('**/*.cs') ;;
    registry) project=Skiff.Registry patterns=('**/*.cs') ;;
    python) project=Skiff.Python patterns=('**/Interpreter/**/*.cs') ;;
    admission) project=Skiff.ServiceDefaults patterns=('**/Concurrency/*.cs') ;;
    keys) project=Skiff.ServiceDefaults patterns=('**/Keys/*.cs') ;;
    *) echo "mutation: no area $area" >&2; exit 2 ;;
esac
if [ $# -eq 0 ]; then
    for pattern in "${patterns[@]}"; do
        set -- "$@" --mutate "$pattern"
    done
fi
dotnet tool restore
cd "tests/$project.Tests"
exec dotnet stryker --config-file ../../tools/mutation/stryker-config.json --project "$project.csproj" --output "../../artifacts/mutation/$area" "$@"
