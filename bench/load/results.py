"""Reads what compare.sh has measured: one figure of each server, model and number of rows, out of all rounds."""

import collections
import csv
import os
import statistics

SERVERS = ("ceiling", "skiff", "skiff-log", "skiff-otlp", "skiff-log-otlp", "skiff-jit", "onnx", "python-fast", "python-cached", "python")
# A percentile of fewer answers than these is one answer's luck.
ENOUGH = {"p50_us": 10, "p99_us": 200, "p999_us": 2000}


class Results:
    def __init__(self, folder):
        self._folder = folder
        self._rounds = collections.defaultdict(list)
        for row in self._read("load.csv"):
            self._rounds[row["model"], int(row["rows"]), row["server"], row["load"]].append({key: float(row[key]) for key in list(row)[5:]})
        self.models = list(dict.fromkeys(key[0] for key in self._rounds))

    def rows(self, model):
        return sorted({key[1] for key in self._rounds if key[0] == model})

    def servers(self, model, rows):
        return [name for name in SERVERS if (model, rows, name, "closed") in self._rounds]

    def median(self, model, rows, server, load, column):
        """The median of the rounds; None where it was not measured, or by too few answers."""
        rounds = self._rounds.get((model, rows, server, load), [])
        enough = sum(row["answered"] for row in rounds) >= ENOUGH.get(column, 0)
        return statistics.median(row[column] for row in rounds) if rounds and enough else None

    def rate(self, model, rows, server):
        return self.median(model, rows, server, "closed", "per_second")

    def processor(self, model, rows, server):
        rounds = self._rounds[model, rows, server, "closed"]
        return sum(row["processor_us"] for row in rounds) / sum(row["answered"] for row in rounds)

    def memory(self, model, rows, server):
        return max(row["memory_kb"] for load in ("closed", "open") for row in self._rounds[model, rows, server, load]) / 1024

    def failed(self):
        return int(sum(row["failed"] for rounds in self._rounds.values() for row in rounds))

    def starts(self):
        """Milliseconds of every start, by server and model."""
        found = collections.defaultdict(list)
        for row in self._read("starts.csv"):
            found[row["server"], row["model"]].append(int(row["first_answer_us"]) / 1000)
        return found

    def sizes(self):
        return {row["server"]: int(row["bytes"]) for row in self._read("sizes.csv")}

    def machine(self):
        with open(os.path.join(self._folder, "machine.txt")) as file:
            return file.read().strip()

    def _read(self, name):
        with open(os.path.join(self._folder, name), newline="") as file:
            return list(csv.DictReader(file))
