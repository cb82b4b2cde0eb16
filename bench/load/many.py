"""Measures one server over thousands of models of 1 MB each: many.py --skiff FILE [--models 2000] [--asked 200] [--rounds 5]

From the start of the published program until it lists all of them (--load lazy), its memory then, and what the first request for each of some models takes,
reading included, beside the second. The models are copies of one forest, trained here; the page cache is warm.
"""

import argparse
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

import joblib
import numpy
from sklearn.ensemble import RandomForestClassifier


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--skiff", required=True)
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folder = tempfile.mkdtemp()
    try:
        size = write(folder, options.models)
        print(f"{options.models} models of {size / 1e6:.2f} MB")
        rounds = [turn(options, folder) for _ in range(options.rounds)]
        for name in rounds[0]:
            print(f"{name}: {', '.join(f'{r[name]:.2f}' for r in rounds)}")
    finally:
        shutil.rmtree(folder)


def write(folder, count):
    source = numpy.random.RandomState(0)
    x = source.randn(5000, 30)
    y = (x[:, 0] + x[:, 1] * x[:, 2] + 0.5 * source.randn(5000) > 0).astype(int)
    joblib.dump(RandomForestClassifier(13, random_state=0).fit(x, y), os.path.join(folder, "model.joblib"))
    file = os.path.join(folder, "model.joblib")
    for i in range(count):
        version = os.path.join(folder, f"m{i}", "versions", "1")
        os.makedirs(version)
        shutil.copy(file, version)
    size = os.path.getsize(file)
    os.remove(file)
    return size


def turn(options, folder):
    port = free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        [options.skiff, "serve", "--registry", folder, "--load", "lazy", "--urls", f"http://127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connection = ready(port)
        listed = time.perf_counter() - began
        memory = resident(server)
        first, second = [], []
        for i in range(options.asked):
            body = json.dumps({"model": f"m{i * (options.models // options.asked)}", "instance": [0.5] * 30})
            first.append(ask(connection, body))
            second.append(ask(connection, body))
        return {
            "start until all are listed, ms": listed * 1e3,
            "memory then, MB": memory,
            "first request, median ms": statistics.median(first) * 1e3,
            "first request, largest ms": max(first) * 1e3,
            "second request, median ms": statistics.median(second) * 1e3,
            f"memory with {options.asked} of them, MB": resident(server),
        }
    finally:
        server.terminate()
        server.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ready(port):
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/health/ready")
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                return connection
        except OSError:
            pass
        time.sleep(0.001)


def ask(connection, body):
    began = time.perf_counter()
    connection.request("POST", "/predict", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{answer.status} {text}")
    return time.perf_counter() - began


def resident(server):
    with open(f"/proc/{server.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
