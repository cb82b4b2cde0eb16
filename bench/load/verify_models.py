"""Writes a registry of four models in two versions each, and requests with scikit-learn's own answers to them: verify_models.py FOLDER"""

import json
import os
import sys

import joblib
import numpy
from models import numbers, people, people_model
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

VERSIONS = ("1", "2")
SIZES = (1, 1, 1, 2, 8)
BODIES = 40
WORDS = "great good fine nice poor bad awful late broken loved hated quick slow cheap dear product service again never always".split()


def main():
    folder = sys.argv[1]
    requests = []
    for name, make in (("forest", forest), ("svm", svm), ("people", persons), ("text", texts)):
        models = {version: make(numpy.random.RandomState(int(version))) for version in VERSIONS}
        for version, model in models.items():
            write(os.path.join(folder, "registry", name, "versions", version), version, model)
        write(os.path.join(folder, "registry", name, "latest"), VERSIONS[0], models[VERSIONS[0]])
        requests += ask(name, models)
    # In an order of its own, so that neighbours are of different models.
    numpy.random.RandomState(0).shuffle(requests)
    with open(os.path.join(folder, "plan.json"), "w") as file:
        json.dump(requests, file)


def forest(source):
    x, y = numbers(source, 2000, 30, 0.5)
    return RandomForestClassifier(100, random_state=source, n_jobs=1).fit(x, y)


def svm(source):
    x, y = numbers(source, 600, 30, 1.5)
    return SVC().fit(x, y)


def persons(source):
    table = people(source, 1000)
    return people_model().fit(table, numpy.where(table["fare"] > 10 + 10 * source.rand(), "high", "low"))


def texts(source):
    rows = sentences(source, 400)
    return make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(rows, source.choice(["good", "bad"], len(rows)))


def sentences(source, count):
    return [" ".join(source.choice(WORDS, source.randint(3, 30))) for _ in range(count)]


def write(folder, version, model):
    os.makedirs(folder, exist_ok=True)
    joblib.dump(model, os.path.join(folder, "model.joblib"))
    with open(os.path.join(folder, "metadata.json"), "w") as file:
        json.dump({"version": version}, file)


def ask(name, models):
    source = numpy.random.RandomState(7)
    more = "decision_function" if name == "svm" else "predict_proba"
    for i in range(BODIES):
        count = SIZES[i % len(SIZES)]
        rows = sentences(source, count) if name == "text" else people(source, count) if name == "people" else source.randn(count, 30)
        answers = {
            version: {"predict": model.predict(rows).tolist(), more: numpy.ravel(getattr(model, more)(rows)).tolist()}
            for version, model in models.items()
        }
        # By the version that serves, and twice in eight by name.
        version = (None, "1", None, "2")[i % 8] if i % 8 < 4 else None
        yield request("/predict", simple(name, rows, version, more), version, answers)
        path = f"/v2/models/{name}" + (f"/versions/{version}" if version else "") + "/infer"
        yield request(path, tensors(name, rows, more), version, answers)


def request(path, body, version, answers):
    return {"path": path, "body": json.dumps(body), "version": version, "answers": answers}


def simple(name, rows, version, more):
    body = {"model": name, "instances": records(rows) if name == "people" else rows if name == "text" else rows.tolist(), "outputs": [more]}
    return body if version is None else {**body, "version": version}


def records(rows):
    return [{key: None if value != value else value for key, value in row.items()} for row in rows.to_dict("records")]


def tensors(name, rows, more):
    if name == "text":
        inputs = [{"name": "text", "shape": [len(rows)], "datatype": "BYTES", "data": rows}]
    elif name == "people":
        inputs = [column(key, [row[key] for row in records(rows)]) for key in rows.columns]
    else:
        inputs = [{"name": "x", "shape": list(rows.shape), "datatype": "FP64", "data": rows.tolist()}]
    return {"inputs": inputs, "outputs": [{"name": "predict"}, {"name": more}]}


def column(name, values):
    return {"name": name, "shape": [len(values)], "datatype": "BYTES" if name in ("sex", "port") else "FP64", "data": values}


if __name__ == "__main__":
    main()
