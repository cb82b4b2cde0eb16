#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets: small files, each showing something else of its format.

    apt-get install -y python3-joblib python3-lz4 python3-pandas python3-scipy zstd
    python3 fuzz/seeds/make.py

What is written is committed; run this again only to add to it.
"""
import bz2
import collections
import gzip
import io
import json
import lzma
import pathlib
import pickle
import struct
import subprocess
import zlib

import joblib
import lz4.frame
import numpy as np
import pandas as pd
import scipy.sparse

HERE = pathlib.Path(__file__).parent


class Estimator:
    """Stands for an object with attributes."""

    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class Slots:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a, self.b = 1, (2, "x")


Estimator.__module__, Estimator.__qualname__ = "sklearn.base", "BaseEstimator"
Slots.__module__, Slots.__qualname__ = "sklearn.base", "Slots"


class AnyName(pickle._Pickler):
    """Names classes without looking whether they can be imported."""

    def save_global(self, obj, name=None):
        module, name = obj.__module__, name or obj.__qualname__
        if module not in ("sklearn.base",):
            return pickle._Pickler.save_global(self, obj, name)
        if self.proto >= 4:
            self.save(module)
            self.save(name)
            self.write(pickle.STACK_GLOBAL)
        else:
            self.write(pickle.GLOBAL + f"{module}\n{name}\n".encode())
        self.memoize(obj)

    dispatch = dict(pickle._Pickler.dispatch)
    dispatch[type] = save_global


def dumps(value, protocol):
    out = io.BytesIO()
    AnyName(out, protocol).dump(value)
    return out.getvalue()


def write(folder, name, content):
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / name).write_bytes(content)


def joblib_bytes(value, **options):
    out = io.BytesIO()
    joblib.dump(value, out, **options)
    return out.getvalue()


def write_pickles():
    shared = [1, 2]
    values = {
        "scalars": [None, True, False, 0, -1, 255, 65536, 2**40, -(2**70), 1.5, float("nan"), "text", "\u00e9\u20ac", b"bytes", 1j],
        "containers": {"list": [], "tuple": (), "one": (1,), "four": (1, 2, 3, 4), "dict": {1: {}}, "set": {1, 2}, "frozen": frozenset([3])},
        "shared": [shared, shared, {"again": shared}],
        "objects": Estimator(coef=[0.5, 1.5], inner=Estimator(n=1), names=("a", "b")),
        "slots": Slots(),
        "collections": [collections.OrderedDict(a=1), collections.defaultdict(int, b=2), collections.Counter("aab"), bytearray(b"xy"), slice(1, 2)],
        "long": "x" * 300,
    }
    for name, value in values.items():
        for protocol in range(2 if name == "slots" else 0, 6):
            write("pickle", f"{name}-{protocol}", dumps(value, protocol))
    hand = {
        "inst": b"(S'a'\nI1\nisklearn.base\nBaseEstimator\n.",
        "obj": b"(csklearn.base\nBaseEstimator\nI1\no.",
        "dup": b"\x80\x02]2a.",
        "text-numbers": b"(I01\nI00\nL12L\nF1.5\nV\\u00e9\nS\"q\"\nlp0\n0g0\n.",
        "long4": b"\x80\x02\x8b\x04\x00\x00\x00\x01\x02\x03\x04.",
        "frame": b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00\x8c\x01a\x94.",
        "newobj-ex": b"\x80\x04\x8c\x0csklearn.base\x8c\x01A\x93)}\x92.",
        "persistent": b"\x80\x02K\x01Q.",
        "extension": b"\x80\x02\x82\x01.",
        "buffer": b"\x80\x05\x97\x98.",
        "reduce-loop": b"\x80\x02csklearn.base\nA\nq\x00)R}q\x01(X\x01\x00\x00\x00aq\x02h\x01ub.",
    }
    for name, content in hand.items():
        write("pickle", f"hand-{name}", content)


def write_arrays():
    kinds = ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?", "c16", ">f8", ">i4", "S3", "U2"]
    for kind in kinds:
        write("numpy", f"joblib-{kind.strip('?>') or 'bool'}{'-big' if kind[0] == '>' else ''}", joblib_bytes(np.arange(6).astype(kind).reshape(2, 3)))
    node = np.dtype({"names": ["left_child", "threshold"], "formats": ["<i8", "<f8"], "offsets": [0, 8], "itemsize": 16})
    values = {
        "fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        "empty": np.empty((0, 4)),
        "scalar": np.float64(2.5),
        "none-rank": np.array(1.5),
        "fields": np.array([(1, 0.5), (-1, -2.0)], dtype=node),
        "objects": np.array(["a", None, 1, 2.5], dtype=object),
        "nested": np.array([np.arange(2), np.arange(3)], dtype=object),
        "dates": np.array(["2020-01-01"], dtype="M8[D]"),
        "sparse": scipy.sparse.csr_matrix(np.eye(3)),
        "column-sparse": scipy.sparse.csc_matrix(np.eye(2)),
        "index": pd.Index(["a", "b"]),
        "dtype": np.dtype("f8"),
        "random": np.random.RandomState(0).get_state()[2:],
    }
    for name, value in values.items():
        write("numpy", f"joblib-{name}", joblib_bytes(value))
        for protocol in (0, 2, 4, 5):
            content = pickle.dumps(value, protocol)
            if len(content) <= 1000:
                write("numpy", f"pickle-{name}-{protocol}", content)
    write("numpy", "joblib-two", joblib_bytes([np.arange(3), {"x": np.ones(2, "f4")}, np.array("a")]))


def write_codecs():
    inner = joblib_bytes({"a": np.arange(4.0), "b": ["text"] * 3})
    write("codecs", "zlib", zlib.compress(inner))
    write("codecs", "zlib-stored", zlib.compress(inner, 0))
    write("codecs", "gzip", gzip.compress(inner, mtime=0))
    write("codecs", "gzip-two", gzip.compress(inner[:50], mtime=0) + gzip.compress(inner[50:], mtime=0))
    write("codecs", "bz2", bz2.compress(inner, 1))
    write("codecs", "bz2-two", bz2.compress(inner[:50], 1) + bz2.compress(inner[50:], 1))
    small = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
    for name, check in (("none", lzma.CHECK_NONE), ("crc32", lzma.CHECK_CRC32), ("crc64", lzma.CHECK_CRC64), ("sha256", lzma.CHECK_SHA256)):
        write("codecs", f"xz-{name}", lzma.compress(inner, lzma.FORMAT_XZ, check, filters=small))
    write("codecs", "xz-two", lzma.compress(inner[:50], lzma.FORMAT_XZ, filters=small) + lzma.compress(inner[50:], lzma.FORMAT_XZ, filters=small))
    write("codecs", "xz-delta", lzma.compress(inner, lzma.FORMAT_XZ, lzma.CHECK_NONE, filters=[{"id": lzma.FILTER_DELTA, "dist": 8}] + small))
    write("codecs", "lzma", lzma.compress(inner, lzma.FORMAT_ALONE, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]))
    for independent in (True, False):
        for sums in (True, False):
            write("codecs", f"lz4-{'independent' if independent else 'linked'}{'-sums' if sums else ''}",
                  lz4.frame.compress(inner, block_linked=not independent, content_checksum=sums, block_checksum=sums, store_size=sums))
    write("codecs", "zfile", b"ZF" + hex(len(inner)).ljust(19).encode() + zlib.compress(inner))
    for level in ("-1", "-19", "--no-check"):
        write("codecs", f"zstd{level}", subprocess.run(["zstd", "-q", "-c", level], input=inner, stdout=subprocess.PIPE, check=True).stdout)



def ubjson(value):
    """As xgboost writes it: big-endian, lengths of 64 bits, numbers of one kind as typed arrays."""
    length = lambda n: b"L" + struct.pack(">q", n)
    if isinstance(value, dict):
        return b"{" + b"".join(length(len(key)) + key.encode() + ubjson(item) for key, item in value.items()) + b"}"
    if isinstance(value, list) and value and all(isinstance(item, float) for item in value):
        return b"[$d#" + length(len(value)) + struct.pack(f">{len(value)}f", *value)
    if isinstance(value, list) and value and all(isinstance(item, int) for item in value):
        return b"[$l#" + length(len(value)) + struct.pack(f">{len(value)}i", *value)
    if isinstance(value, list):
        return b"[#" + length(len(value)) + b"".join(map(ubjson, value))
    if isinstance(value, str):
        return b"S" + length(len(value)) + value.encode()
    return b"l" + struct.pack(">i", value)


def xgboost_tree(**changes):
    tree = {
        "left_children": [1, -1, -1], "right_children": [2, -1, -1], "split_conditions": [0.5, -0.25, 0.75], "split_indices": [1, 0, 0],
        "default_left": [1, 0, 0], "base_weights": [0.0, -0.25, 0.75], "tree_param": {"size_leaf_vector": "1"},
    }
    return {**tree, **changes}


def xgboost_document(booster, objective="binary:logistic", classes="0", **more):
    return {
        "learner": {
            "attributes": {"best_iteration": "0"}, "feature_names": ["a", "b"], "gradient_booster": booster,
            "learner_model_param": {"base_score": "5E-1", "num_class": classes, "num_feature": "2", "num_target": "1"},
            "objective": {"name": objective}, **more,
        },
        "version": [3, 1, 0],
    }


def write_xgboost():
    forest = lambda *trees, **more: {"gbtree_model_param": {"num_parallel_tree": "1"}, "tree_info": list(range(len(trees))), "trees": list(trees), **more}
    category = xgboost_tree(split_type=[1, 0, 0], categories=[1, 3], categories_nodes=[0], categories_segments=[0], categories_sizes=[2])
    documents = {
        "tree": xgboost_document({"model": {**forest(xgboost_tree()), "iteration_indptr": [0, 1]}, "name": "gbtree"}),
        "classes": xgboost_document({"model": forest(xgboost_tree(), xgboost_tree(), category), "name": "gbtree"}, "multi:softprob", "3"),
        "category": xgboost_document({"model": {**forest(category), "tree_info": [0]}, "name": "gbtree"}, "reg:squarederror"),
        "dart": xgboost_document({"gbtree": {"model": forest(xgboost_tree()), "name": "gbtree"}, "name": "dart", "weight_drop": [0.5]}, "count:poisson"),
        "linear": xgboost_document({"model": {"weights": [0.5, 1.5, -1.0]}, "name": "gblinear"}, "reg:logistic"),
        "classifier": xgboost_document({"model": forest(xgboost_tree()), "name": "gbtree"}, attributes={"scikit_learn": '{"_estimator_type": "classifier"}'}),
    }
    for name, document in documents.items():
        write("xgboost", f"{name}.json", json.dumps(document, separators=(",", ":")).encode())
        write("xgboost", f"{name}.ubj", ubjson(document))
        write("xgboost", f"{name}-config.ubj", ubjson({"Model": document, "Config": {"learner": {"gradient_booster": {}}}}))
    text = lambda value: struct.pack("<q", len(value)) + value.encode()
    head = struct.pack("<fiiiiii", 0.5, 2, 0, 0, 0, 1, 2) + bytes(27 * 4)
    nodes = struct.pack("<iiiIf", -1, 1, 2, 1 | 1 << 31, 0.5) + struct.pack("<iiiIf", 0, -1, -1, 0, -0.25) + struct.pack("<iiiIf", 0, -1, -1, 0, 0.75)
    tree = struct.pack("<iiiiii", 1, 3, 0, 1, 2, 0) + bytes(31 * 4) + nodes + bytes(3 * 16)
    forest = struct.pack("<iiiiqii", 1, 1, 2, 0, 0, 1, 0) + bytes(32 * 4) + tree + struct.pack("<i", 0)
    binary = head + text("binary:logistic") + text("gbtree") + forest
    write("xgboost", "binary", binary)
    write("xgboost", "binary-file", b"binf" + binary)
    write("xgboost", "binary-config", b"CONFIG-offset:" + struct.pack("<q", len(binary)) + binary + b"{}")
    write("xgboost", "binary-linear", head + text("reg:linear") + text("gblinear") + bytes(34 * 4) + struct.pack("<q3f", 3, 0.5, 1.5, -1.0))


LIGHTGBM_HEAD = """tree
version=v4
num_class={classes}
num_tree_per_iteration={classes}
max_feature_idx=1
objective={objective}
feature_names=Column_0 Column_1
feature_infos=[-2.5:1.5] {info}
{more}"""

LIGHTGBM_TREE = """
Tree={number}
num_leaves=3
num_cat={sets}
split_feature=1 0
threshold={threshold} 0.25
decision_type={kind} 2
left_child=-1 -2
right_child=1 -3
leaf_value=0.5 -0.25 1e-3
{more}shrinkage=1

"""


def lightgbm_text(objective, classes=1, info="[0:3]", head="", trees=1, tail="", **tree):
    tree = {"sets": 0, "threshold": "1.0000000180025095e-35", "kind": 10, "more": "", **tree}
    return (LIGHTGBM_HEAD.format(objective=objective, classes=classes, info=info, more=head)
            + "".join(LIGHTGBM_TREE.format(number=number, **tree) for number in range(trees)) + "\nend of trees\n\nfeature_importances:\nColumn_1=1\n" + tail).encode()


def write_lightgbm():
    parameters = "\nparameters:\n[boosting: gbdt]\n[path_smooth: 0]\n[categorical_feature: 1]\n\nend of parameters\n"
    write("lightgbm", "binary", lightgbm_text("binary sigmoid:1", tail=parameters))
    write("lightgbm", "classes", lightgbm_text("multiclass num_class:3", classes=3, trees=3))
    write("lightgbm", "average", lightgbm_text("regression", head="average_output\n", trees=2))
    write("lightgbm", "category", lightgbm_text("regression", info="0:1:3", sets=1, threshold="0", kind=1, more="cat_boundaries=0 1\ncat_threshold=10\n",
                                                tail=parameters + '\npandas_categorical:[["a", "b", "c", "d"]]\n'))
    write("lightgbm", "linear", lightgbm_text("regression", more="is_linear=1\nleaf_const=1 2 3\nnum_features=1 0 2\nleaf_features=0  0 1 \nleaf_coeff=0.5  1 2 \n"))
    write("lightgbm", "windows", lightgbm_text("poisson").replace(b"\n", b"\r\n"))
    write("lightgbm", "old", lightgbm_text("binary sigmoid:1").replace(b"v4", b"v2").replace(b"end of trees\n", b"").replace(b"feature_importances", b"feature importances"))
    write("lightgbm", "one-leaf", lightgbm_text("cross_entropy", trees=0).replace(
        b"\nend of trees", b"\nTree=0\nnum_leaves=1\nnum_cat=0\nsplit_feature=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value=0.5\nshrinkage=1\n\n\nend of trees"))


PASSENGER = '{"age":22,"fare":7.25,"sex":"male","port":"S"}'
TENSORS = ('{"name":"age","shape":[2],"datatype":"FP64","data":[22,null]},{"name":"fare","shape":[2,1],"datatype":"FP32","data":[[7.25],[8]]},'
           '{"name":"sex","shape":[2],"datatype":"BYTES","data":["male","female"]},{"name":"port","shape":[2],"datatype":"BYTES","data":["S",null]}')

# A letter for the flags, then the pattern, the template and the text, a line each.
REGEX = [
    r"@a(b|c)*d", r"Bhttps?://\S+|www\.\S+", r"@(?P<word>\w+)\s(?P=word)", r"@(?<=a)b(?!c)", r"@(?:(?:a{2,5})+?|b*+)c", r"@[^\W\d_]+'?[a-z]*", r"@(a)?(?(1)b|c)", r"@(?>a|ab)c",
    r"H(?x) a # comment", r"D^.*$", r"@\bx{0,300}\b", r"@(?i:stra\u00dfe)|[\u0400-\u04ff]", r"@((a|b)|(c(d)))*\4?", r"@[\]\-a-f^]", r"@(?=(a+))a*b\1",
]

TEXTS = {
    "predict": ['{"text":"this is a great product"}', '{"instance":' + PASSENGER + '}', '{"instances":[' + PASSENGER + ',[null,"8","female","C"]],"outputs":["predict","predict_proba"]}',
                '{"instances":["good","b\\u00e4d \\ud83d\\ude00"],"model":"default","version":"latest"}', '{"instances":[[1.5,-2e3,"male",null],[true,"1",null,"Q"]]}', '{"text":5}', '[]'],
    "v1": ['{"instances":[' + PASSENGER + ']}', '{"instances":["good","bad"]}', '{"instances":[[22,7.25,"male","S"],[null,null,null,null]]}'],
    "v2": ['{"id":"1","inputs":[' + TENSORS + '],"outputs":[{"name":"predict_proba"}]}', '{"inputs":[{"name":"text","shape":[2],"datatype":"BYTES","data":["good","b\\u00e4d"]}]}',
           '{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP64","data":[1,2,3,4],"parameters":{"content_type":"np"}}],"parameters":{"a":[]}}',
           '{"inputs":[{"name":"age","shape":[1],"datatype":"INT8","data":[-128]},{"name":"fare","shape":[1],"datatype":"BOOL","data":[true]}]}'],
    "csv": ['name,age,fare,sex,port\n"Braund, Owen",22,7.25,male,S\n"Cu""mings",,71.28,female,\n', 'age;fare\n1;2\n', 'port,sex,fare,age\r\nS,male,7.25,22\r\n\r\n', '\ufeffage,fare,sex,port\n1e999,nan,male,S\n',
            'a,b\n"open'],
    "jsonrows": [PASSENGER + "\n" + PASSENGER + "\n", "[" + PASSENGER + ",\n" + PASSENGER + "]", '[[1,2,"male","S"],[null,null,null,null]]', '[22,7.25,"male","S"]', '"a text"\n"b \\u00e9"'],
    "metadata": ['{"version":"1.0.0","saved_at":"2026-01-01T00:00:00Z","best_params":{"clf__C":0.1},"best_cv_accuracy":0.2,"test_accuracy":NaN}',
                 '{"artifacts":["vectorizer.joblib","model.joblib"],"labels":"labels.joblib","threshold":"threshold.joblib","features":["a","b"],"sha256":{"model.joblib":"' + "ab" * 32 + '"}}',
                 '{"features":"model.joblib:columns","labels":"x\\ud800","version":1e400}'],
    "mlmodel": ["flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n  sklearn:\n    pickled_model: model.pkl\n    serialization_format: cloudpickle\n"
                "signature:\n  inputs: '[{\"type\": \"double\", \"name\": \"a\"}, {\"type\": \"string\", \"name\": \"b\", \"required\": false}]'\nutc_time_created: '2026-01-01 00:00:00.000000'\n",
                "flavors:\n  xgboost: {data: model.xgb, model_class: xgboost.sklearn.XGBClassifier}\n  lightgbm:\n    data: model.lgb\n",
                "signature:\n  inputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float64\", \"shape\": [-1, 4]}}]'\nflavors: &a\n  sklearn: *a\n"],
    "regex": [pattern + "\n" + template + "\naabbcd abcabc http://x.y/z word word caf\u00e9 \u0416\u0436\n" for pattern, template in zip(REGEX, [r"<\g<0>>", r"\\x", ""] * len(REGEX))],
    "python": ["import re\ndef f(t):\n    return re.sub(r'[^a-z]+', ' ', t.lower()).strip()\n", "def f(t):\n    return ' '.join(sorted({w[::-1]: len(w) for w in t.split()}))\n",
               "def f(t):\n    n = 0\n    while n < 3:\n        n += 1\n        try:\n            t = f'{t!r:>10}' % ()\n        except (TypeError, ValueError) as e:\n            t = str(e)\n    return t\n",
               "X = {'a': 1}\ndef g(x, *a, k=None, **m):\n    return x if k else [x]\ndef f(t):\n    return [y for x in t if (y := g(x, 1, k=X.get(x)))]\n", "import string\ndef f(t):\n    return t.translate(str.maketrans('', '', string.punctuation))\n",
               "def f(t):\n    return '{:>5.2f}|{!r}|%s'.format(len(t) / 3, t) % (t, )\n"],
}


def write_texts():
    for folder, texts in TEXTS.items():
        for number, text in enumerate(texts):
            write(folder, f"{number:02}", text.encode("utf-8", "surrogatepass"))


for write_all in (write_pickles, write_arrays, write_codecs, write_xgboost, write_lightgbm, write_texts):
    write_all()
