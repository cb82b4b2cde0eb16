#!/usr/bin/env python3
"""What a mutation run found: a line for each file, then each mutant that no test noticed.

    tools/mutation/report.py artifacts/mutation/AREA/reports/mutation-report.json...

The score is Stryker's: killed and timed out of all that are valid, those that no test reaches among them. What the compiler refuses and what the configuration ignores do not count.
"""
import collections
import json
import sys

COLUMNS = ("Killed", "Timeout", "Survived", "NoCoverage")


def load(paths):
    """The files of all reports by name; where two reports have the same one, the later with results of it stands."""
    files = {}
    for path in paths:
        with open(path, encoding="utf-8") as report:
            for name, entry in json.load(report)["files"].items():
                tested = [mutant for mutant in entry["mutants"] if mutant["status"] in COLUMNS]
                if tested:
                    files[name] = (entry["source"].splitlines(), tested)
    return files


def row(name, counts):
    total = sum(counts.values())
    score = 100 * (counts["Killed"] + counts["Timeout"]) / total
    return f"| {name} | {total} | " + " | ".join(str(counts[column]) for column in COLUMNS) + f" | {score:.1f} |"


def main():
    files = load(sys.argv[1:])
    if not files:
        sys.exit("mutation: no mutant was tested")
    print("| file | mutants | killed | timed out | survived | not reached | score |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    everything = collections.Counter()
    for name, (_, mutants) in sorted(files.items()):
        counts = collections.Counter(mutant["status"] for mutant in mutants)
        everything += counts
        print(row(name, counts))
    print(row("all", everything) + "\n")
    for name, (source, mutants) in sorted(files.items()):
        for mutant in sorted(mutants, key=lambda mutant: mutant["location"]["start"]["line"]):
            if mutant["status"] in ("Survived", "NoCoverage"):
                start, end = mutant["location"]["start"], mutant["location"]["end"]
                was = source[start["line"] - 1][start["column"] - 1:end["column"] - 1 if end["line"] == start["line"] else None]
                print(f"{name}:{start['line']} {mutant['status']}: {mutant['mutatorName']}: {was.strip()} -> {' '.join(mutant.get('replacement', '').split())}")


main()
