#!/usr/bin/env python3
"""What mutation runs found: a line for each file, then each mutant that no test noticed.

    tools/mutation/report.py REPORT...              artifacts/mutation/AREA/reports/mutation-report.json, as run.sh writes them
    tools/mutation/report.py --again REPORT...      the arguments with which run.sh tries only these again, once tests have been written

Of several reports the later counts for a mutant that both have. The score is Stryker's: killed and timed out of all that compile, those that no test reaches among them.
"""
import collections
import json
import re
import sys

TESTED = ("Killed", "Timeout", "Survived", "NoCoverage")
UNNOTICED = TESTED[2:]


class Mutant:
    """A change, told apart by its place, its kind and what it puts there."""

    def __init__(self, entry, source):
        start, end = entry["location"]["start"], entry["location"]["end"]
        self.line, self.kind, self.status = start["line"], entry["mutatorName"], entry["status"]
        self.start, self.end = offset(source, start), offset(source, end)
        self.is_static = entry.get("static", False)
        self.old, self.new = (" ".join(text.split()) for text in (source[self.start:self.end], entry.get("replacement", "")))
        self.key = (self.start, self.end, self.kind, self.new)

    def __str__(self):
        return f"{self.line} {self.status}{' (static)' if self.is_static else ''}: {self.kind}: {self.old} -> {self.new}"


def offset(source, place):
    begin = 0
    for _ in range(place["line"] - 1):
        begin = source.index("\n", begin) + 1
    return begin + place["column"] - 1


def load(paths):
    """The mutants of every file that was tested, in the order of their places."""
    files = collections.defaultdict(dict)
    for path in paths:
        with open(path, encoding="utf-8") as report:
            for name, entry in json.load(report)["files"].items():
                for each in entry["mutants"]:
                    if each["status"] in TESTED:
                        mutant = Mutant(each, entry["source"])
                        files[re.sub(r"^.*/(?=src/)", "", name)][mutant.key] = mutant
    return {name: [mutants[key] for key in sorted(mutants)] for name, mutants in sorted(files.items())}


def row(name, counts):
    score = 100 * (counts["Killed"] + counts["Timeout"]) / sum(counts.values())
    return f"| {name} | {sum(counts.values())} | " + " | ".join(str(counts[status]) for status in TESTED) + f" | {score:.1f} |"


def show_again(files):
    for name, mutants in files.items():
        spans = sorted({f"{{{mutant.start}..{mutant.end}}}" for mutant in mutants if mutant.status in UNNOTICED})
        if spans:
            print(f"--mutate\n**/{name.split('/', 2)[2]}{''.join(spans)}")


def show(files):
    print("| file | mutants | killed | timed out | survived | not reached | score |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    everything = collections.Counter()
    for name, mutants in files.items():
        counts = collections.Counter(mutant.status for mutant in mutants)
        everything += counts
        print(row(name, counts))
    print(row("all", everything) + "\n")
    for name, mutants in files.items():
        for mutant in mutants:
            if mutant.status in UNNOTICED:
                print(f"{name}:{mutant}")


def main():
    arguments = sys.argv[1:]
    files = load(argument for argument in arguments if argument != "--again")
    if not files:
        sys.exit("mutation: no mutant was tested")
    if "--again" in arguments:
        show_again(files)
    else:
        show(files)


if __name__ == "__main__":
    main()
