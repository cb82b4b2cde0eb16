"""Measures how one server reads a forest of 1 GB: large.py --skiff FILE [--folder FOLDER] [--rounds 3]

From the start of the published program until it answers, as megabytes of the file a second, and the most memory that it had meanwhile as a multiple of the file.
The model is written once into the folder, where it is kept if one is named: 64 trees of some 200,000 nodes, not compressed. The page cache is warm.
"""

import argparse
import copy
import os
import shutil
import subprocess
import tempfile
import time

import joblib
import numpy
from sklearn.ensemble import RandomForestClassifier

from many import free_port, ready

TREES, KINDS, ROWS = 64, 4, 150_000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--skiff", required=True)
    parser.add_argument("--folder")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    folder = options.folder or tempfile.mkdtemp()
    try:
        file = os.path.join(folder, "latest", "model.joblib")
        if not os.path.exists(file):
            write(file)
        size = os.path.getsize(file)
        warm(file)
        print(f"{size / 1e6:.0f} MB")
        for _ in range(options.rounds):
            seconds, most = turn(options.skiff, folder)
            print(f"{seconds:.2f} s, {size / seconds / 1e6:.0f} MB/s, at most {most / 1e6:.0f} MB, {most / size:.2f} of the file")
    finally:
        if not options.folder:
            shutil.rmtree(folder)


# Labels that no row tells: nearly every row becomes a leaf. Each tree is an object of its own, as in any forest; few of them are grown, to save time.
def write(file):
    source = numpy.random.RandomState(0)
    forest = RandomForestClassifier(KINDS, max_features=1, random_state=0)
    forest.fit(source.randn(ROWS, 10), source.randint(0, 2, ROWS))
    forest.estimators_ = [copy.deepcopy(tree) for _ in range(TREES // KINDS) for tree in forest.estimators_]
    forest.n_estimators = TREES
    os.makedirs(os.path.dirname(file), exist_ok=True)
    joblib.dump(forest, file)


def warm(file):
    with open(file, "rb") as content:
        while content.read(1 << 24):
            pass


def turn(skiff, folder):
    port = free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        [skiff, "serve", "--registry", folder, "--urls", f"http://127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ready(port)
        seconds = time.perf_counter() - began
        with open(f"/proc/{server.pid}/status") as status:
            return seconds, next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
