#!/usr/bin/env bash
# Changes the code of one area, one small thing at a time, and runs its tests against each change: what no test notices survives.
#
#   tools/mutation/run.sh AREA [--mutate PATTERN]...
#
# Areas: admission, keys, registry, pickle, python. The report is artifacts/mutation/AREA/reports/mutation-report.json, which tools/mutation/report.py reads;
# docs/testing.md has the figures and what survives. A pattern is one of Stryker's: "**/Reading/*.cs", with "{10..20}" behind it for a part of the text.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

area=${1:?an area: admission, keys, registry, pickle or python}
shift
case $area in
    admission) project=Skiff.ServiceDefaults pattern='**/Concurrency/*.cs' ;;
    keys) project=Skiff.ServiceDefaults pattern='**/Keys/*.cs' ;;
    registry) project=Skiff.Registry pattern='**/*.cs' ;;
    pickle) project=Skiff.Pickle pattern='**/*.cs' ;;
    python) project=Skiff.Python pattern='**/Interpreter/**/*.cs' ;;
    *) echo "mutation: no area $area" >&2; exit 2 ;;
esac
[ $# -gt 0 ] || set -- --mutate "$pattern"

# Leaves out tests that take long and look at no value: see the projects that read it.
export SkiffMutation=true
dotnet tool restore
cd "tests/$project.Tests"
exec dotnet stryker --config-file ../../tools/mutation/stryker-config.json --project "$project.csproj" --output "../../artifacts/mutation/$area" "$@"
