"""Writes what Python's repr(float) and float(str) answer, for PyFloatTests.

    python3 tools/pickle/write_floats.py tests/Skiff.Numerics.Tests/Data
"""

import json
import random
import struct
import sys


def interesting():
    for e in range(-1074, 1024):
        yield 2.0 ** e
    for e in range(-323, 309):
        yield float(f"1e{e}")
    for e in range(-8, 20):
        for m in ("1", "1.5", "9.999999999999999", "1.2345678901234567"):
            yield float(f"{m}e{e}")
    yield from (0.0, -0.0, 0.1, 0.3, 1 / 3, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308,
                9007199254740992.0, 9007199254740993.0, 123456789012345680.0, 1e22, 1e23, float("inf"), float("-inf"), float("nan"))


def bits(value):
    return struct.unpack("<Q", struct.pack("<d", value))[0]


def main(folder):
    rng = random.Random(20)
    values = list(interesting())
    values += [struct.unpack("<d", struct.pack("<Q", rng.getrandbits(64)))[0] for _ in range(3000)]
    values += [round(rng.uniform(-1000, 1000), rng.randrange(8)) for _ in range(1000)]
    with open(f"{folder}/float-repr.txt", "w") as out:
        for value in values:
            out.write(f"{bits(value):016x} {value!r}\n")

    texts = ["1", "1.", ".5", "1.5", "-1.5", "+2", "1e5", "1E5", "1e+5", "1e-5", "1.e5", ".5e1", "1_000", "1_0.0_1e1_0", "_1", "1_", "1__0",
             "1_.5", "1._5", "1e_5", "1_e5", "1e5_", ".", "", "-", "+", "e5", ".e5", "1e", "1e+", "--1", "+-1", "inf", "INF", "Infinity", "-infinity",
             "+inf", "infinit", "nan", "NaN", "-nan", "+nan", "nan1", "0x10", "1,000", "1 2", "1\0", "1d", "1f", "1e400", "-1e400", "1e-400",
             "1e99999999999999999999", "0e99999999999999999999", "1e-99999999999999999999", "0." + "0" * 2000 + "1e2001", "1" + "0" * 2000 + "e-2000",
             "0." + "0" * 400 + "123e350", "9" * 400, "2.2250738585072011e-308", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
             "1.00000000000000011102230246251565404236316680908203125", "1.00000000000000011102230246251565404236316680908203124",
             "1.00000000000000011102230246251565404236316680908203125" + "0" * 800 + "1", "00012", "-0", "1e005", "True", "None", "0_0", "1e1_", "#", "1#"]
    answers = []
    for text in texts:
        try:
            answers.append([text, f"{bits(float(text)):016x}"])
        except ValueError:
            answers.append([text, None])
    with open(f"{folder}/float-parse.json", "w") as out:
        json.dump(answers, out, indent=0)
        out.write("\n")


main(sys.argv[1])
