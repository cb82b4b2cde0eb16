"""Writes the fixtures of Skiff.Pickle.Tests: one set of values in every protocol and container, and what Python says they are.

    python3 tools/pickle/write_fixtures.py NAME tests/Skiff.Pickle.Tests/Data

NAME is that of the generation (sk023, sk121, sk142, sk190): run it once with each Python. Files are named NAME-PROTOCOL.pkl (pickle.dump),
NAME-PROTOCOL.joblib (joblib.dump) and NAME.CONTAINER; NAME.json is what they hold. zstd is made by its command, where that is installed.
"""

import collections
import io
import json
import os
import pickle
import shutil
import struct
import subprocess
import sys

import joblib
import numpy as np
import pandas as pd
import scipy.sparse as sp


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1
        self.b = "two"

    def __getstate__(self):
        return None, {"a": self.a, "b": self.b}


class Bag(dict):
    pass


class Stack(list):
    pass


Point.__module__ = Slotted.__module__ = Bag.__module__ = Stack.__module__ = "fixtures"
sys.modules["fixtures"] = sys.modules["__main__"]


def arrays():
    rng = np.random.RandomState(0)
    for code in ("b1", "i1", "u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<f16", "<c8", "<c16", ">i2", ">i4", ">u8", ">f2", ">f4", ">f8", ">c8", ">c16"):
        dtype = np.dtype(code)
        values = (rng.uniform(0, 120, size=(2, 3)) - (0 if dtype.kind in "bu" else 60))
        yield code, values.astype(dtype)
    yield "fortran", np.asfortranarray(np.arange(12, dtype="<i4").reshape(3, 4))
    yield "fortran3", np.asfortranarray(np.arange(24, dtype="<f8").reshape(2, 3, 4))
    yield "fortran-big", np.asfortranarray(np.arange(6, dtype=">f4").reshape(2, 3))
    yield "fortran-text", np.asfortranarray(np.array([["a", "bb"], ["c", "dd"], ["e", ""]]))
    yield "strided", np.arange(20, dtype="<i4")[::3]
    yield "scalar", np.array(2.5)
    yield "empty", np.zeros((0, 3))
    yield "special", np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, 1.7976931348623157e308])
    yield "text", np.array(["", "a", "\u00e4\u20ac", "\U0001f600x"])
    yield "text-big", np.array(["ab", "\u20ac"], dtype=">U3")
    yield "bytes", np.array([b"", b"ab", b"a\0b"])
    yield "dates", np.array(["2020-01-01", "NaT"], dtype="<M8[ns]")
    yield "dates25", np.array([1, 2], dtype=">M8[25s]")
    yield "durations", np.array([5, -5], dtype="<m8[D]")
    yield "objects", np.array(["a", 1, None, 2.5, (1, 2)], dtype=object)
    yield "objects2", np.asfortranarray(np.array([["a", 1], [None, 2.5]], dtype=object))
    nodes = np.zeros(3, dtype=np.dtype({"names": ["left", "threshold", "value"], "formats": ["<i8", "<f8", ("<f4", (2,))], "offsets": [0, 8, 16], "itemsize": 32}))
    nodes["left"] = [1, -1, -1]
    nodes["threshold"] = [0.5, -2, -2]
    nodes["value"] = [[1, 2], [3, 4], [5, 6]]
    yield "nodes", nodes
    yield "records", np.array([(1, "a")], dtype=[("n", ">i4"), ("s", "<U2")]).view(np.recarray)
    yield "matrix", np.matrix([[1.0, 2.0]])
    yield "large", np.arange(520, dtype="<f8")


def scalars():
    for code in ("b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16"):
        yield code, np.dtype(code).type(1)
    yield "str", np.str_("t\u00e9xt")
    yield "bytes", np.bytes_(b"ab")
    yield "date", np.datetime64("2020-01-01", "D")


def values():
    shared = np.arange(4.0)
    return {
        "none": None, "true": True, "false": False,
        "ints": [0, 1, -1, 127, 128, 255, 256, -128, -129, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**100, -2**100],
        "floats": [0.0, -0.0, 1.5, 1e300, 5e-324, float("inf"), float("nan"), 0.1],
        "texts": ["", "a", "\u00e4", "\u20ac\n\\u0041\r\0\x1a", "\U0001f600", "\ud800 alone", "x" * 300],
        "bytes": [b"", b"\0\xff", bytes(range(256))],
        "bytearray": bytearray(b"abc"),
        "complex": 1 - 2j,
        "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((), [()])],
        "sets": [set(), {1}, frozenset(), frozenset([2])],
        "dicts": [{}, {"a": {"b": 1}}, {1: "x", (1, 2): "y", None: "z"}, collections.OrderedDict([("z", 1), ("a", 2)]), collections.defaultdict(list, {"k": [1]})],
        "point": Point(1, [Point(2, None)]), "slotted": Slotted(), "bag": Bag(a=1), "stack": Stack([1, 2]),
        "globals": [np.float64, collections.OrderedDict, len, Point],
        "dtypes": [np.dtype("<f8"), np.dtype(">i4"), np.dtype("O"), np.dtype("<U5"), np.dtype([("a", "<i4"), ("b", "<f8")])],
        "shared": [shared, shared],
        "arrays": dict(arrays()),
        "scalars": dict(scalars()),
    }


def bits(value):
    return struct.pack(">d", value).hex() if value == value else "nan"


def describe(v):
    if v is None:
        return None
    if isinstance(v, np.matrix):
        v = np.asarray(v)
    if isinstance(v, np.datetime64):
        v = np.array(v)
    if isinstance(v, np.ndarray):
        return describe_array(v)
    if isinstance(v, np.dtype):
        return ["dtype", name_of(v)]
    if isinstance(v, np.generic):
        return ["n", name_of(v.dtype).split("[")[0] if v.dtype.kind not in "US" else v.dtype.kind, describe(v.item())]
    if isinstance(v, bool):
        return ["b", v]
    if isinstance(v, int):
        return ["i", str(v)]
    if isinstance(v, float):
        return ["f", bits(v)]
    if isinstance(v, str):
        return ["s", v.encode("utf-16-be", "surrogatepass").hex()]
    if isinstance(v, (bytes, bytearray)):
        return ["y", bytes(v).hex()]
    if isinstance(v, complex):
        return ["c", bits(v.real), bits(v.imag)]
    if isinstance(v, tuple):
        return ["t", [describe(x) for x in v]]
    if isinstance(v, (set, frozenset)):
        return ["e", isinstance(v, frozenset), [describe(x) for x in v]]
    if isinstance(v, Bag):
        return ["o", "fixtures.Bag", [], [[describe(k), describe(x)] for k, x in v.items()]]
    if isinstance(v, Stack):
        return ["o", "fixtures.Stack", [describe(x) for x in v], []]
    if isinstance(v, list):
        return ["l", [describe(x) for x in v]]
    if isinstance(v, dict):
        return ["d", [[describe(k), describe(x)] for k, x in v.items()]]
    if isinstance(v, Slotted):
        return ["o", "fixtures.Slotted", [], [[describe("a"), describe(v.a)], [describe("b"), describe(v.b)]]]
    if isinstance(v, Point):
        return ["o", "fixtures.Point", [], [[describe(k), describe(x)] for k, x in v.__dict__.items()]]
    module = {"__builtin__": "builtins"}.get(v.__module__, v.__module__)
    return ["g", f"{module}.{v.__name__}"]


def name_of(dtype):
    if dtype.kind in "US":
        return f"<U{dtype.itemsize // 4}" if dtype.kind == "U" else f"S{dtype.itemsize}"
    if dtype.kind == "g" or (dtype.kind == "f" and dtype.itemsize == 16):
        return "longdouble"
    if dtype.fields:
        return "[" + ", ".join(f"{n}: {name_of(dtype.fields[n][0])}" for n in dtype.names) + "]"
    if dtype.subdtype:
        return f"({name_of(dtype.subdtype[0])}, ({', '.join(map(str, dtype.subdtype[1]))}))"
    return dtype.newbyteorder("=").name


def describe_array(a):
    if a.dtype.fields:
        return ["r", list(a.shape), [[n, describe_array(np.ascontiguousarray(np.asarray(a)[n]))] for n in a.dtype.names]]
    if a.dtype.kind in "mM":
        items = [describe(int(x)) for x in np.ascontiguousarray(a.astype(a.dtype.newbyteorder("="))).view("<i8").ravel()]
    elif a.dtype.kind == "f":
        items = [describe(float(x)) for x in a.ravel()]
    else:
        items = [describe(x.item() if isinstance(x, np.generic) else x) for x in a.ravel()]
    if len(items) > 100:
        items = items[:50]
    return ["a", name_of(a.dtype), list(a.shape), items]


def tables():
    rng = np.random.RandomState(1)
    dense = rng.uniform(size=(4, 5)) * (rng.uniform(size=(4, 5)) > 0.6)
    matrices = {"csr": sp.csr_matrix(dense), "csc": sp.csc_matrix(dense), "coo": sp.coo_matrix(dense), "float32": sp.csr_matrix(dense.astype("<f4")), "empty": sp.csr_matrix((0, 3))}
    if hasattr(sp, "csr_array"):
        matrices.update({"csr_array": sp.csr_array(dense), "csc_array": sp.csc_array(dense), "coo_array": sp.coo_array(dense)})
    wide = sp.csr_matrix(dense)
    wide.indices = wide.indices.astype("<i8")
    wide.indptr = wide.indptr.astype("<i8")
    matrices["int64"] = wide
    indexes = {
        "names": pd.Index(["age", "fare", "sex"]), "ints": pd.Index([3, 1, 2]), "floats": pd.Index([0.5, 1.5]), "range": pd.RangeIndex(2, 10, 3), "empty": pd.Index([]),
        "mixed": pd.Index(["a", 1], dtype=object), "categories": pd.CategoricalIndex(["b", "a", "b"]), "named": pd.Index(["x"], name="columns"), "bools": pd.Index([True, False]),
        "strings": pd.Index(pd.array(["p", "q"], dtype="string")),
    }
    series = {"series": pd.Series([1.5, 2.5], index=["a", "b"])}
    return ({"matrices": matrices, "indexes": indexes, "others": series},
            {"matrices": {k: [list(m.shape), [bits(float(x)) for x in np.asarray(m.todense()).ravel()]] for k, m in matrices.items()},
             "indexes": {k: [describe(x.item() if isinstance(x, np.generic) else x) for x in i] for k, i in indexes.items()}})


def main(name, folder):
    everything = values()
    for protocol in range(6):
        with open(f"{folder}/{name}-{protocol}.pkl", "wb") as f:
            pickle.dump(everything, f, protocol=protocol)
        joblib.dump(everything, f"{folder}/{name}-{protocol}.joblib", protocol=protocol)
    small = {"values": [1, "two", 3.0], "array": np.arange(40, dtype="<f8").reshape(5, 8), "object": np.array(["x", None], dtype=object)}
    for method in ("zlib", "gzip", "bz2", "lzma", "xz", "lz4"):
        try:
            joblib.dump(small, f"{folder}/{name}.{method}", compress=(method, 3))
        except (ValueError, ImportError) as e:
            print(f"{name}: no {method}: {e}")
    from joblib.numpy_pickle_compat import write_zfile
    with open(f"{folder}/{name}.zfile", "wb") as f:
        write_zfile(f, pickle.dumps(small, protocol=2))
    if shutil.which("zstd"):
        joblib.dump(small, f"{folder}/{name}.plain")
        subprocess.run(["zstd", "-q", "-f", "-o", f"{folder}/{name}.zstd", f"{folder}/{name}.plain"], check=True)
        os.remove(f"{folder}/{name}.plain")
    frames, described = tables()
    joblib.dump(frames, f"{folder}/{name}-tables.joblib")
    with open(f"{folder}/{name}-tables.pkl", "wb") as f:
        pickle.dump(frames, f, protocol=2)
    with open(f"{folder}/{name}.json", "w") as f:
        json.dump({"values": describe(everything), "small": describe(small), "tables": described}, f, separators=(",", ":"))
        f.write("\n")


main(sys.argv[1], sys.argv[2])
