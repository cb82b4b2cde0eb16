"""Sends a server the requests of models.py and compares the labels with scikit-learn's: check.py URL NAME FOLDER ROWS..."""

import glob
import json
import os
import sys
import urllib.request

# A server that computes in float32 may fall on the other side where a row lies on the edge itself.
TOLERATED = 0.001


def main():
    url, name, folder = sys.argv[1:4]
    different, total, first = 0, 0, None
    for count in sys.argv[4:]:
        for path in glob.glob(os.path.join(folder, f"{name}-{count}.json")) + glob.glob(os.path.join(folder, f"{name}-{count}.*.json")):
            expected, actual = labels(read(path[: -len("json")] + "answer")), labels(ask(url, path))
            if len(actual) != len(expected):
                sys.exit(f"{path}: {len(actual)} labels instead of {len(expected)}")
            wrong = [i for i in range(len(expected)) if expected[i] != actual[i]]
            first = first or (f"{path}, row {wrong[0]}: {actual[wrong[0]]!r} instead of {expected[wrong[0]]!r}" if wrong else None)
            different, total = different + len(wrong), total + len(expected)
    if different:
        print(f"{different} of {total} labels differ from scikit-learn's; the first: {first}", file=sys.stderr)
    if total == 0 or different > total * TOLERATED:
        sys.exit(f"{url} does not answer {name} as scikit-learn does")


def labels(answer):
    return answer["predictions"] if "predictions" in answer else [answer["prediction"]]


def ask(url, path):
    with open(path, "rb") as file:
        request = urllib.request.Request(url, file.read(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def read(path):
    with open(path) as file:
        return json.load(file)


if __name__ == "__main__":
    main()
