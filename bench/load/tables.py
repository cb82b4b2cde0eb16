"""Writes the tables of docs/performance.md from what compare.sh has measured: tables.py FOLDER"""

import statistics
import sys

from results import SERVERS, Results


def main():
    results = Results(sys.argv[1])
    print(f"{results.machine()}; {results.failed()} requests failed or were refused")
    for model in results.models:
        loads(results, model)
    ratios(results)
    starts(results)
    print("\n| server | on disk, MB |\n| --- | ---: |")
    for server, size in results.sizes().items():
        print(f"| {server} | {size / 1e6:.1f} |")


def loads(results, model):
    print(f"\n**{model}**\n")
    print("| rows | server | requests/s | p50 ms | p99 ms | p99.9 ms | at half load: p50 ms | p99 ms | p99.9 ms | processor µs a request | memory MB |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for rows in results.rows(model):
        for server in results.servers(model, rows):
            latencies = [milliseconds(results.median(model, rows, server, load, column)) for load in ("closed", "open") for column in ("p50_us", "p99_us", "p999_us")]
            cells = [f"{rows:,}", server, number(results.rate(model, rows, server)), *latencies, number(results.processor(model, rows, server)), f"{results.memory(model, rows, server):.0f}"]
            print(f"| {' | '.join(cells)} |")


def ratios(results):
    others = [name for name in SERVERS if name != "skiff"]
    others = [name for name in others if any(results.rate(model, rows, name) for model in results.models for rows in results.rows(model))]
    print("\nRequests a second of skiff, in times those of\n")
    print(f"| model | rows | {' | '.join(others)} |\n| --- | ---: |{' ---: |' * len(others)}")
    for model in results.models:
        for rows in results.rows(model):
            skiff = results.rate(model, rows, "skiff")
            if skiff:
                rates = [results.rate(model, rows, name) for name in others]
                print(f"| {model} | {rows:,} | {' | '.join(f'{skiff / rate:.2f}' if rate else '' for rate in rates)} |")


def starts(results):
    print("\n| server | model | starts | fastest ms | median ms |\n| --- | --- | ---: | ---: | ---: |")
    found = results.starts()
    for server, model in sorted(found, key=lambda key: (SERVERS.index(key[0]), results.models.index(key[1]))):
        times = found[server, model]
        print(f"| {server} | {model} | {len(times)} | {min(times):,.0f} | {statistics.median(times):,.0f} |")


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def milliseconds(microseconds):
    return "" if microseconds is None else f"{microseconds / 1000:,.2f}" if microseconds < 100_000 else f"{microseconds / 1000:,.0f}"


if __name__ == "__main__":
    main()
