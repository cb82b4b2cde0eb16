"""Writes what CPython's json says to texts that are nearly JSON: tests/Skiff.Server.Tests/Data/json-corpus.tsv.

Each line: the text in hexadecimal, and either "ok", or the character offset and the message of JSONDecodeError.
The texts are made from a printed seed: valid ones, then cut, doubled, and changed in single characters.

    python3 tools/server/write_json_corpus.py > tests/Skiff.Server.Tests/Data/json-corpus.tsv
"""
import json
import random
import sys

SEED = 20261124
random.seed(SEED)
print(f"seed {SEED}, Python {sys.version.split()[0]}", file=sys.stderr)

ATOMS = ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity', '0', '-0', '-1', '12', '1.5', '1e5', '1E-3', '-2.5e+7', '1e400',
         '""', '"a"', '"\\n"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00\\ud800"', '"\\ud800\\u0041"', '"é😀"', '"\\/"', '"\x7f"']
SPICE = ['"', '\\', '{', '}', '[', ']', ',', ':', ' ', '\n', '\t', '\x00', '\x1f', 'u', 'e', 'E', '.', '-', '+', '0', '1', 'N', 'I', 'n', 't',
         'é', '😀', '\\u', '\\ud800', '\\u12', '\\x', "'", '/', 'a', '\ufeff', '\x0b', '\xa0', 'Infinit', 'nul', '-']


def value(depth):
    roll = random.random()
    if depth == 0 or roll < 0.5:
        return random.choice(ATOMS)
    blank = random.choice(['', '', '', ' ', '\n', '\t '])
    items = range(random.randint(0, 3))
    if roll < 0.75:
        return '[' + blank + (',' + blank).join(value(depth - 1) for _ in items) + blank + ']'
    return '{' + blank + (blank + ',').join(random.choice(['"a"', '"text"', '"\\u0061"', '"é"']) + blank + ':' + blank + value(depth - 1) for _ in items) + '}'


def change(text):
    at = random.randint(0, len(text))
    roll = random.random()
    if roll < 0.35:
        return text[:at]
    if roll < 0.7:
        return text[:at] + random.choice(SPICE) + text[at:]
    if roll < 0.9:
        return text[:at] + random.choice(SPICE) + text[at + 1:]
    return text + random.choice(SPICE)


texts = ['', ' ', '{', '[', '"', '"\\', '"\\u', '"\\u123', '"\\u1234', '"\\u123"', '"\\ud800\\u', '"\\ud800\\u12', '"\\ud800\\uzzzz"', '"\\ud800\\u"', '-', '-a', '01', '1.', '1.e5', '1e', '1e+', '+1',
         '.5', '-Infinit', 'Infinity1', 'NaNN', 'nullx', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{"a":1 ,  }', '[1,]', '[1,  ]', '[1', '[1,', '[,', '{,', '{1:2}', "{'a':1}",
         '{"a" 1}', '[1 2]', '1 2', '{} {}', '"\t"', '"a\nb"', '"\\x"', '"\\', '\ufeff1', '{"é":"😀",}', '"😀\\q"', '"é', '[1]]', '{"a":}', '{"a":,}', '{"a"::1}']
seen = set()
while len(texts) < 6000:
    text = value(random.randint(0, 4))
    for _ in range(random.randint(0, 3)):
        text = change(text)
    texts.append(text)
for text in texts:
    data = text.encode('utf-8', 'surrogatepass')
    # Two zeros in the first four bytes make Python guess at UTF-16, which is not UTF-8.
    if data in seen or b'\x00' in data[:4]:
        continue
    seen.add(data)
    try:
        json.loads(data)
        print(data.hex() + '\tok')
    except json.JSONDecodeError as e:
        print(f'{data.hex()}\t{e.pos}\t{e.msg}')
