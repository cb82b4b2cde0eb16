"""Where one request's processor time goes: budget.py --skiff FILE [--registry FOLDER] [--seconds 4]

Runs the published program, native, with its symbols (skiff.dbg beside it) under a closed load by wrk, samples it by perf, and puts each sample to the innermost
function of its stack that says what is being done. A share of the samples, times the processor time of a request, is what the work costs.
Needs Debian's packages wrk and linux-perf, and the right to use perf.
"""

import argparse
import collections
import os
import re
import subprocess
import tempfile
import time

from many import free_port, ready

# The innermost function of a stack that one of these fits decides; of two that fit one function the first does.
WORK = [
    ("kernel: send", r"__(x64|arm64)_sys_send|tcp_sendmsg"),
    ("kernel: receive", r"__(x64|arm64)_sys_recv|tcp_recvmsg"),
    ("kernel: wait for sockets", r"__(x64|arm64)_sys_epoll|ep_poll|do_epoll"),
    ("kernel: threads that wake each other", r"__(x64|arm64)_sys_(futex|sched)|do_futex"),
    ("the Python function", r"^Skiff_Python"),
    ("the model", r"^Skiff_Sklearn"),
    ("JSON in", r"^Skiff_.*(Json|PredictRequest|RowReader|TableWriter|MemberReader)"),
    ("JSON out", r"^Skiff_.*(AnswerWriter|AnswerPieces|Results)"),
    ("ids, metrics, observation", r"^Skiff_.*(RequestId|Metric|Histogram|Counter|Observ|RequestLog|Record)"),
    ("from request to model and back", r"^Skiff_"),
    ("memory of objects", r"^WKS::|^RhpNew|^RhpGc|^GCHeap"),
    ("Kestrel: HTTP", r"^Microsoft_AspNetCore|^System_IO_Pipelines|^Microsoft_Extensions"),
    ("sockets and threads of .NET", r"^System_Net|^S_P_CoreLib_System_Threading|Interop|^SystemNative"),
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--skiff", required=True)
    parser.add_argument("--registry", default=os.path.join(os.path.dirname(__file__), "../../examples/registry/sentiment"))
    parser.add_argument("--seconds", type=int, default=4)
    options = parser.parse_args()
    port = free_port()
    server = subprocess.Popen(
        [options.skiff, "serve", "--registry", options.registry, "--urls", f"http://127.0.0.1:{port}", "--drain-delay", "0"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ready(port).close()
        load(port, 1)
        before = processor(server)
        requests = load(port, options.seconds)
        micros = (processor(server) - before) / requests * 1e6
        with tempfile.NamedTemporaryFile() as data:
            sampler = subprocess.Popen(
                ["perf", "record", "-F", "2000", "-g", "-o", data.name, "-p", str(server.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.5)
            load(port, options.seconds)
            sampler.terminate()
            sampler.wait()
            shares = count(data.name)
    finally:
        server.terminate()
        server.wait()
    total = sum(shares.values())
    print(f"{requests / options.seconds:,.0f} requests/s, {micros:.1f} µs of processor time a request, {total} samples\n")
    print("| what | share | ns |\n| --- | ---: | ---: |")
    for work, samples in shares.most_common():
        print(f"| {work} | {samples / total:.1%} | {samples / total * micros * 1e3:,.0f} |")


def load(port, seconds):
    script = os.path.join(os.path.dirname(__file__), "predict.lua")
    out = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"RESULT (\d+)", out).group(1))


def processor(server):
    with open(f"/proc/{server.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def count(data):
    shares = collections.Counter()
    script = subprocess.Popen(["perf", "script", "-i", data, "-F", "ip,sym"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    stack = []
    for line in script.stdout:
        if line.strip():
            stack.append(line.split(None, 1)[1].strip() if len(line.split(None, 1)) > 1 else "")
        elif stack:
            shares[work_of(stack)] += 1
            stack = []
    return shares


def work_of(stack):
    for function in stack:
        for work, pattern in WORK:
            if re.search(pattern, function):
                return work
    return "the rest"


if __name__ == "__main__":
    main()
