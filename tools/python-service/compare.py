"""Sends the same requests to the Python service and to Skiff, and compares what they answer.

    python3 compare.py http://127.0.0.1:8001 http://127.0.0.1:8000 [--wait SECONDS]

Both serve the same registry. What must be the same: the status of every answer; the JSON of every 200 and 422 (request ids, the order of keys, and what
Skiff adds beside it aside); a text as `detail` of every 404 and 405; a request id in every header. Ends with 1 where anything differs.
"""

import argparse
import http.client
import json
import sys
import time
from urllib.parse import urlsplit

import cases

_TIMEOUT = 30


class Number(str):
    """A number as it was written: 1 is not 1.0."""


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.media_type = (response.getheader("Content-Type") or "").split(";")[0]
        self.request_id = response.getheader("X-Request-Id")
        self.raw = response.read()
        try:
            self.json = json.loads(self.raw, parse_int=Number, parse_float=Number)
        except ValueError:
            self.json = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("python", help="the address of the Python service")
    parser.add_argument("skiff", help="the address of Skiff")
    parser.add_argument("--wait", type=float, default=0, help="seconds to wait until both answer")
    arguments = parser.parse_args()
    for address in (arguments.python, arguments.skiff):
        _wait(address, arguments.wait)

    same, different = 0, 0
    for case in cases.load():
        python, skiff = _send(arguments.python, case), _send(arguments.skiff, case)
        found = list(_differences(case, python, skiff))
        if not found:
            same += 1
            continue
        different += 1
        print(f"{case.method} {case.path} {case.content_type or ''} {_shorten(case.body or b'')}")
        for difference in found:
            print(f"    {difference}")
    print(f"{same} the same, {different} different")
    sys.exit(1 if different else 0)


def _differences(case, python, skiff):
    if not skiff.request_id:
        yield "no X-Request-Id"
    if case.request_id and skiff.request_id != case.request_id:
        yield f"X-Request-Id {skiff.request_id} instead of {case.request_id}"
    if case.other_status and skiff.status in case.other_status:
        return
    if python.status != skiff.status:
        yield f"status {skiff.status} {_shorten(skiff.raw)} instead of {python.status} {_shorten(python.raw)}"
        return
    if python.status in (200, 422):
        if python.media_type != skiff.media_type:
            yield f"content type {skiff.media_type} instead of {python.media_type}"
        expected, actual = _promised(case, python), _promised(case, skiff)
        if expected != actual:
            yield f"{_shorten(json.dumps(actual))} instead of {_shorten(json.dumps(expected))}"
        if case.request_id and python.status == 200 and skiff.json.get("requestId") != case.request_id:
            yield f"requestId {skiff.json.get('requestId')} instead of {case.request_id}"
    elif python.status in (404, 405) and case.method != "HEAD" and not isinstance((skiff.json or {}).get("detail"), str):
        yield f"no detail in {_shorten(skiff.raw)}"


def _promised(case, answer):
    """What of an answer the contract promises to be the same."""
    body = answer.json
    if answer.status != 200:
        return body
    if case.path.startswith("/models"):
        entries = body if isinstance(body, list) else [body]
        return [{key: entry.get(key) for key in ("version", "metadata")} for entry in entries]
    if not isinstance(body, dict):
        return body
    has_id = isinstance(body.get("requestId"), str) and body["requestId"] != ""
    left_out = ("requestId", "detail") if case.path.startswith("/health") else ("requestId",)
    return {**{key: value for key, value in body.items() if key not in left_out}, "requestId": has_id}


def _send(address, case):
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_TIMEOUT)
    try:
        headers = {}
        if case.content_type is not None:
            headers["Content-Type"] = case.content_type
        if case.request_id is not None:
            headers["X-Request-Id"] = case.request_id
        connection.request(case.method, case.path, body=case.body, headers=headers)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def _wait(address, seconds):
    end = time.monotonic() + seconds
    while True:
        try:
            _send(address, cases.Case("GET", "/health"))
            return
        except OSError as error:
            if time.monotonic() >= end:
                sys.exit(f"{address} does not answer: {error}")
            time.sleep(0.1)


def _shorten(text):
    text = text if isinstance(text, str) else repr(text)[1:]
    return text if len(text) <= 300 else f"{text[:300]}..."


if __name__ == "__main__":
    main()
