"""Shows which benchmarks moved between two commits: compare_commits.py FOLDER, in which compare-commits.sh has left before-N/ and after-N/."""

import collections
import glob
import json
import os
import statistics
import sys

LEAST = 1.03


def main():
    before, after = (read(sys.argv[1], side) for side in ("before", "after"))
    both = [name for name in before if name in after]
    moved = [name for name in both if has_moved(before[name], after[name])]
    print("| benchmark | before | after | after / before |\n| --- | ---: | ---: | ---: |")
    for name in sorted(moved, key=lambda name: ratio(before[name], after[name])):
        print(f"| {name} | {text(before[name])} | {text(after[name])} | {ratio(before[name], after[name]):.2f} |")
    print(f"\n{len(moved)} of {len(both)} benchmarks moved; the median of {len(next(iter(before.values()), []))} launches, and the range of all.")
    for name in sorted(set(before) ^ set(after)):
        print(f"only {'before' if name in before else 'after'}: {name}")


def read(folder, side):
    """The median of each launch, in nanoseconds, by benchmark."""
    found = collections.defaultdict(list)
    for path in glob.glob(os.path.join(folder, f"{side}-*", "results", "*-report-brief.json")):
        with open(path) as file:
            for benchmark in json.load(file)["Benchmarks"]:
                if benchmark.get("Statistics"):
                    found[benchmark["FullName"]].append(benchmark["Statistics"]["Median"])
    if not found:
        sys.exit(f"no benchmark of '{side}' gave a result")
    return found


def has_moved(before, after):
    apart = max(before) < min(after) or max(after) < min(before)
    return apart and max(ratio(before, after), ratio(after, before)) > LEAST


def ratio(before, after):
    return statistics.median(after) / statistics.median(before)


def text(launches):
    unit, size = next((unit, size) for unit, size in (("ms", 1e6), ("µs", 1e3), ("ns", 1)) if statistics.median(launches) >= size or size == 1)
    return f"{statistics.median(launches) / size:.3g} {unit} ({min(launches) / size:.3g} to {max(launches) / size:.3g})"


if __name__ == "__main__":
    main()
