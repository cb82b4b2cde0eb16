"""Records what CPython answers for every code point, and for strings made to be awkward.

    python3.14 tools/unicode/generate_reference.py tests/Skiff.Python.Tests/Unicode/Data

characters.txt.gz: sections "@property", then one run of equal answers a line: first, last, answer (hexadecimal;
answers that are text are hexadecimal UTF-8). A "+" before the answer means: the character itself plus so much.
Code points in no run have the answer "0", or map to themselves.
strings.txt.gz: one string a line with its answers, as hexadecimal UTF-8 (lone surrogates as three bytes).
"""

import gzip
import os
import random
import struct
import sys
import unicodedata

import _sre

CODE_POINTS = 0x110000
FORMS = ("NFC", "NFD", "NFKC", "NFKD")
CASES = ("lower", "upper", "title", "capitalize", "swapcase", "casefold")
PREDICATES = ("isalpha", "isalnum", "isdecimal", "isdigit", "isnumeric", "isspace", "isupper", "islower", "istitle",
              "isprintable", "isidentifier", "isascii")


def hexed(text):
    return text.encode("utf-8", "surrogatepass").hex()


def bits(text):
    return sum(1 << i for i, name in enumerate(PREDICATES) if getattr(text, name)())


def accents(text):
    normalized = unicodedata.normalize("NFKD", text)
    return ("".join(c for c in normalized if not unicodedata.combining(c)), normalized.encode("ascii", "ignore").decode())


def write(path, text):
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out:
        out.write(text.encode("ascii"))


def mapping(code_point, text):
    if text == chr(code_point):
        return None
    return f"+{ord(text) - code_point:x}" if len(text) == 1 else hexed(text)


def properties():
    def of(character):
        return lambda code_point: character(chr(code_point))

    def number(value):
        return None if value is None else struct.pack(">d", value).hex()

    def nothing_if_zero(value):
        return f"{value:x}" if value else None

    yield "flags", of(lambda c: nothing_if_zero(
        bits(c) | ("a" + c).isidentifier() << 12 | (len(("a" + c + "b").splitlines()) == 2) << 13 | _sre.unicode_iscased(ord(c)) << 14
        | bool(unicodedata.mirrored(c)) << 15))
    yield "category", of(lambda c: hexed(unicodedata.category(c)))
    yield "combining", of(lambda c: nothing_if_zero(unicodedata.combining(c)))
    yield "bidirectional", of(lambda c: hexed(unicodedata.bidirectional(c)) or None)
    yield "east_asian_width", of(lambda c: hexed(unicodedata.east_asian_width(c)))
    yield "decimal", of(lambda c: nothing_if_zero(unicodedata.decimal(c, -1) + 1))
    yield "digit", of(lambda c: nothing_if_zero(unicodedata.digit(c, -1) + 1))
    yield "numeric", of(lambda c: number(unicodedata.numeric(c, None)))
    yield "decomposition", of(lambda c: hexed(unicodedata.decomposition(c)) or None)
    yield "simple_lower", lambda code_point: mapping(code_point, chr(_sre.unicode_tolower(code_point)))
    for name in CASES:
        yield name, lambda code_point, name=name: mapping(code_point, getattr(chr(code_point), name)())
    for form in FORMS:
        yield form, lambda code_point, form=form: mapping(code_point, unicodedata.normalize(form, chr(code_point)))
    yield "accents_unicode", lambda code_point: mapping(code_point, accents(chr(code_point))[0])
    yield "accents_ascii", lambda code_point: mapping(code_point, accents(chr(code_point))[1])
    yield "repr", lambda code_point: hexed(repr(chr(code_point))) if code_point < 0x400 else None


def characters():
    for name, answer_of in properties():
        yield f"@{name}"
        first, answer = 0, None
        for code_point in range(CODE_POINTS + 1):
            now = answer_of(code_point) if code_point < CODE_POINTS else None
            if now != answer:
                if answer is not None:
                    yield f"{first:x} {code_point - 1:x} {answer}"
                first, answer = code_point, now


def pools():
    every = [chr(c) for c in range(CODE_POINTS)]
    yield [c for c in every if unicodedata.decomposition(c)]
    yield [c for c in every if unicodedata.combining(c)]
    yield [c for c in every if c.lower() != c or c.upper() != c]
    yield [c for c in every if len(c.upper()) > 1 or len(c.lower()) > 1 or len(c.casefold()) > 1]
    yield [chr(c) for c in (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A7, 0x11C3), *range(0xAC00, 0xAC40))]
    yield list("ΣσςΑα'.\u00ad\u0345\u1d2c a\u200d")
    yield list("abcABC xyz-_019\t\n'\"\\")
    yield [c for c in every if c.isspace()] + ["a"]
    yield [c for c in every if c.istitle() and not c.isupper()]
    yield [c for c in every if unicodedata.normalize("NFC", c) != c]
    yield ["\ud800", "\udfff", "\U0001f600", "\U000e0100", "\u0378", "\uffff"]
    yield list("eaou\u0308\u0301\u0323\u031b\u0327\u0345")


def strings(count, seed):
    rng = random.Random(seed)
    groups = list(pools())
    for number in range(count):
        chosen = rng.sample(groups, rng.choice((1, 2, 3)))
        length = rng.choice((0, 1, 2, 3, 5, 8, 13)) if number % 50 else rng.randrange(40, 90)
        text = "".join(rng.choice(rng.choice(chosen)) for _ in range(length))
        answers = [getattr(text, name)() for name in CASES]
        answers += [unicodedata.normalize(form, text) for form in FORMS]
        answers += [*accents(text), repr(text), text.strip(), text.lstrip(), text.rstrip(), text.strip("aΣ\u0301 ")]
        yield " ".join([f"{bits(text):x}", *("." + hexed(answer) for answer in (text, *answers))])


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    head = f"# CPython {sys.version.split()[0]}, Unicode {unicodedata.unidata_version}"
    write(os.path.join(folder, "characters.txt.gz"), "\n".join([head, *characters(), ""]))
    write(os.path.join(folder, "strings.txt.gz"), "\n".join([head, *strings(1500, 20260101), ""]))


if __name__ == "__main__":
    main()
