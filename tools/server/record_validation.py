"""Records what FastAPI (with pydantic 2) answers to bodies of POST /predict: tests/Skiff.Server.Tests/Data/fastapi-corpus.jsonl.

The service is the smallest one with the shape that clients know: a text, and perhaps a version. Each line holds the body in hexadecimal, the
content type, the status and the answer's text.

    python3 tools/server/record_validation.py > tests/Skiff.Server.Tests/Data/fastapi-corpus.jsonl
"""
import asyncio
import json
import sys
from typing import Optional

import fastapi
import pydantic

app = fastapi.FastAPI()


class PredictRequest(pydantic.BaseModel):
    text: str
    version: Optional[str] = None


@app.post("/predict")
def predict(payload: PredictRequest):
    return {"version": payload.version}


async def call(body, content_type):
    """Calls the application as a server would."""
    sent = []
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    headers = [(b"content-length", str(len(body)).encode())]
    if content_type is not None:
        headers.append((b"content-type", content_type.encode()))
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": "/predict", "raw_path": b"/predict",
             "root_path": "", "scheme": "http", "query_string": b"", "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2)}
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode("utf-8")


JSON = "application/json"
BODIES = [
    '{}', '[]', '"x"', 'null', '5', '1.50', 'true', '', ' ', 'nope', '{"text":"a"', '{"text":"a",}', '{"text":"a"}}', '{"text":"a" "b":1}', "{'text':'a'}",
    '{"text":"a\nb"}', '{"text":"a\\qb"}', '{"text":"\\u12"}', '{"text":"é', '{"é":1,"text":}', '{"text":"😀","version":}', '\ufeff{"text":', '[1,2,', '[1 2]',
    '{"text":null}', '{"text":5}', '{"text":1.0}', '{"text":1e5}', '{"text":1e-7}', '{"text":123456789012345678901234567890}', '{"text":-0}', '{"text":-0.0}',
    '{"text":true}', '{"text":[]}', '{"text":{}}', '{"text":["a",{"b":[1,2.50,"\\u00e9"]}]}', '{"text":{"a":1,"b":2,"a":3}}',
    '{"text":{"b":{"c":1,"c":[1,{"d":1,"d":2}]},"b":2}}', '{"text":1,"text":"b"}', '{"text":"b","text":1}', '{"te\\u0078t":1}', '{"te\\u0078t":"fine"}',
    '{"text":"x","version":1}', '{"text":1,"version":1}', '{"version":1}', '{"version":"1"}', '{"version":[],"other":{"a":null}}', '{"text":"x","version":{"a":"\\"\\\\/\\b\\f\\n\\r\\t\\u0001"}}',
    '{"text":["\\u2028\x7f\\u007f<>&\'"]}', '{"other":1.0e0,"more":"é😀"}', '{ "other" : [ 1 , 2 ] }', '[{"text":"a"}]', '{"text":[1E400]}'.replace('1E400', '1E300'),
    '{"text":[0.1,100000000000000000000.0,1e16,123456789.123,5e-324,1.7976931348623157e308]}', '{"text":"ok"}', '{"text":"ok","version":null}', '{"text":"ok","version":""}',
    '{"text":"ok","extra":[1]}', '{"text":""}', '  {"text":"ok"}\r\n',
]
TYPES = ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json", "application/jsonx", "text/json", "application/x+json;a=b",
         "text/plain", "application/octet-stream", "json", "application/json,text/plain", None]


def main():
    print(f"FastAPI {fastapi.__version__}, pydantic {pydantic.VERSION}, Python {sys.version.split()[0]}", file=sys.stderr)
    cases = [(body, JSON) for body in BODIES] + [('{"text":"é \\" 😀"}', kind) for kind in TYPES] + [("", None), ("x", None), ("[1]", "text/plain")]
    for body, kind in cases:
        data = body.encode("utf-8")
        status, answer = asyncio.run(call(data, kind))
        print(json.dumps({"body": data.hex(), "contentType": kind, "status": status, "answer": answer}))


main()
