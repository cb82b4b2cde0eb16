#!/usr/bin/env python3
"""The lines and branches of each project in src/ that tests reach: those of its own test project, and all.

    tools/coverage/report.py artifacts/coverage/results/PROJECT.json...

Generated code (obj/) and tables (Generated/) do not count. A line of which any part was reached counts as reached, a branch where its way was taken.
"""
import collections
import json
import pathlib
import re
import sys

SOURCE = re.compile(r"/src/Skiff\.(\w+)/(?!obj/)(?!.*/Generated/)(?!.*\.g\.cs$)")


def read(path):
    """Of a run: (project, 'line' or 'branch', place) and whether it was reached."""
    reached = collections.Counter()
    for documents in json.loads(path.read_text(encoding="utf-8")).values():
        for document, classes in documents.items():
            match = SOURCE.search(document)
            if not match:
                continue
            for methods in classes.values():
                for name, method in methods.items():
                    for line, hits in method["Lines"].items():
                        reached[match[1], "line", (document, line)] += hits
                    for branch in method["Branches"]:
                        place = (document, name, branch["Line"], branch["Offset"], branch["Path"], branch["Ordinal"])
                        reached[match[1], "branch", place] += branch["Hits"]
    return reached


def share(reached, project, kind):
    hits = [count > 0 for (owner, what, _), count in reached.items() if (owner, what) == (project, kind)]
    return f"{sum(hits):,} of {len(hits):,} | {100 * sum(hits) / len(hits):.1f}" if hits else "none | "


def main():
    runs = {path.stem: read(path) for path in map(pathlib.Path, sys.argv[1:])}
    everything = collections.Counter()
    for run in runs.values():
        for place, hits in run.items():
            everything[place] += hits
    print("| project | lines, its own tests | % | branches | % | lines, all tests | % | branches | % |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for project in sorted({owner for owner, _, _ in everything}):
        cells = [share(reached, project, kind) for reached in (runs.get(project, {}), everything) for kind in ("line", "branch")]
        print(f"| {project} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
