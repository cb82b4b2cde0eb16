"""The requests that both servers are sent, and where their answers may differ."""

import dataclasses
import json
from typing import Optional

JSON = "application/json"


@dataclasses.dataclass
class Case:
    method: str
    path: str
    body: Optional[bytes] = None
    content_type: Optional[str] = None
    request_id: Optional[str] = None
    # Statuses that the other server may answer with instead of Python's.
    other_status: tuple = ()


_TEXTS = [
    "this is a great product",
    "this is great",
    "terrible, awful, never again",
    "I love this phone, it is excellent",
    "not good",
    "",
    " ",
    "\u00a0\t\n",
    "zzz qqq",
    "GREAT!!! Great... great",
    "caf\u00e9 tr\u00e8s bon",
    "\u0130stanbul ISTANBUL \u0131\u015f\u0131k",
    "\u039a\u0391\u039b\u039f\u03a3 \u03bf\u1f36\u03bd\u03bf\u03c2",
    "\u043e\u0442\u043b\u0438\u0447\u043d\u044b\u0439 great",
    "\u3053\u308c\u306f great \u3067\u3059",
    "\U0001f600 great \U0001f469\u200d\U0001f467",
    "great\x00product",
    "gre\u0301at \ufb01ne \u212a \u017ftar",
    "\x1cgreat\x1dproduct\x85\u2028bad",
    "good " * 20000,
    "a\u0301" * 3000,
]

# As they come, malformed in every way that a client manages.
_BODIES = [
    b"{}",
    b"[]",
    b"[1]",
    b'"x"',
    b"null",
    b"5",
    b"-0.0",
    b"true",
    b"",
    b" ",
    b"\n\n",
    b'{"text":5}',
    b'{"text":5.0}',
    b'{"text":1e5}',
    b'{"text":-0.0}',
    b'{"text":1e-7}',
    b'{"text":123456789012345678901234567890}',
    b'{"text":null}',
    b'{"text":true}',
    b'{"text":["a"]}',
    b'{"text":{"a":[1,2.5,null,false,"\\u00e9\\n\\"\\\\\\/"]}}',
    b'{"text":"x","version":1}',
    b'{"text":"x","version":[]}',
    b'{"text":5,"version":1}',
    b'{"version":1}',
    b'{"version":"1.0.0"}',
    b'{"Text":"x"}',
    b'{"text":"x","version":null}',
    b'{"text":"x","version":""}',
    b'{"text":"x","version":"1.0.0"}',
    b'{"text":"x","version":"9.9.9"}',
    b'{"text":"x","version":"../../etc"}',
    b'{"text":"x","version":"/etc/passwd"}',
    b'{"text":"x","version":" 1.0.0"}',
    b'{"text":"x","extra":{"deep":[[[]]]}}',
    b'{"text":"a","text":"b"}',
    b'{"text":1,"text":"b"}',
    b'{"text":"a","text":1}',
    b' \r\n\t{ "text" : "x" } \n',
    b'{"te\\u0078t":"gre\\u0061t"}',
    b'{"text":"\\ud83d\\ude00 great"}',
    b'{"text":"\\ud800"}',
    b'{"text":"\\udc00\\ud800 great"}',
    b'{"text":"x","n":NaN}',
    b'{"text":"x","n":-Infinity}',
    b"\xef\xbb\xbf" + b'{"text":"great"}',
    # Broken: the message and the offset are CPython's.
    b'{"text":',
    b'{"text":"x"',
    b'{"text":"x',
    b'{"text":"x}',
    b'{"text"',
    b'{"text" "x"}',
    b'{"text":"x",}',
    b'{"text":"x" "version":"1"}',
    b"{,}",
    b"{",
    b"[",
    b"[1,",
    b"[1,]",
    b"[1 2]",
    b"[1",
    b"}",
    b'{"text":"x"}}',
    b'{"text":"x"} {"text":"y"}',
    b'{"text":"x"}\x00',
    b"{'text':'x'}",
    b"{text:1}",
    b"{1:2}",
    b"not json",
    b"text=great",
    b"tru",
    b"nul",
    b"True",
    b"None",
    b"-",
    b"+1",
    b".5",
    b"01",
    b"1.",
    b"1e",
    b"-a",
    b"0x10",
    b'{"text":tru}',
    b'{"text":01}',
    b'{"text":1.}',
    b'{"text":-}',
    b'{"text":"a\nb"}',
    b'{"text":"a\tb"}',
    b'{"text":"a\x00b"}',
    b'{"text":"a\x1fb"}',
    b'{"text":"\\x41"}',
    b'{"text":"\\u12"}',
    b'{"text":"\\u12g4"}',
    b'{"text":"\\u 123"}',
    b'{"text":"\\u12',
    b'{"text":"\\',
    b'{"text":"\\"',
    b'{"text":"x"}//',
    b'/* x */{"text":"x"}',
    '{"text":"\u00e9\u4e2d\U0001f600" x'.encode(),
    '{"\u00e9":1,"\U0001f600":\n}'.encode(),
    '\u00a0{"text":"x"}'.encode(),
    "<html></html>".encode(),
]


def load():
    """Every case."""
    cases = [
        Case("GET", "/health"),
        Case("GET", "/health", request_id="abc-1"),
        Case("GET", "/health?x=1"),
        Case("HEAD", "/health", other_status=(200,)),
        Case("GET", "/health/", other_status=(200,)),
        Case("POST", "/health", b"{}", JSON),
        Case("PUT", "/health", b"{}", JSON),
        Case("GET", "/nope"),
        Case("POST", "/nope", b"{}", JSON),
        Case("GET", "/Health"),
        Case("POST", "/predict/x", b"{}", JSON),
        Case("GET", "/predict"),
        Case("PUT", "/predict", b'{"text":"x"}', JSON),
        Case("PATCH", "/predict", b'{"text":"x"}', JSON),
        Case("DELETE", "/predict"),
        Case("OPTIONS", "/predict"),
        Case("GET", "/models"),
        Case("GET", "/models/latest"),
        Case("GET", "/models/1.0.0"),
        Case("GET", "/models/9.9.9"),
        Case("POST", "/predict", b'{"text":"great"}', JSON, request_id="A.b_c-9"),
        Case("POST", "/predict", b'{"text":5}', JSON, request_id="abc-3"),
    ]
    cases += [Case("POST", "/predict", json.dumps({"text": text}).encode(), JSON) for text in _TEXTS]
    cases += [Case("POST", "/predict", json.dumps({"text": text}, ensure_ascii=False).encode(), JSON) for text in _TEXTS[10:18]]
    cases += [Case("POST", "/predict", body, JSON) for body in _BODIES]
    # Not UTF-8: Python answers 400, Skiff like any other broken JSON.
    cases += [Case("POST", "/predict", body, JSON, other_status=(422,)) for body in (b'{"text":"\xff"}', b'{"text":"\xc3("}', b'\x80{}')]
    # A version that no file system could hold.
    cases += [Case("POST", "/predict", json.dumps({"text": "x", "version": v}).encode(), JSON, other_status=(422,)) for v in ("9" * 300, "a\x00b")]
    cases += [Case("POST", "/predict", b'{"text":"great"}', content_type) for content_type in (
        "application/json; charset=utf-8", "Application/JSON", "application/vnd.api+json", "application/problem+json; x=y",
        "text/plain", "text/json", "application/x-www-form-urlencoded", "application/octet-stream", "application/jsonx", "json", None,
    )]
    cases += [Case("POST", "/predict", b"text=great", "application/x-www-form-urlencoded"), Case("POST", "/predict", b"", None)]
    return cases
