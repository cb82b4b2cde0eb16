"""Writes the models that servers are compared on, each a registry of its own, and requests of 1, 32 and 1,000 rows: models.py FOLDER [SENTIMENT]

FOLDER/NAME-ROWS.json and FOLDER/NAME-ROWS.N.json are the bodies, of which a load sends one after the other, and what scikit-learn answers stands beside each
as .answer. With SENTIMENT, the registry of the bundled model, also its bodies: one row is asked for as {"text": ...}.
"""

import json
import os
import sys

import joblib
import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC

# Rows of a request, and how many different requests: the same row again and again would teach the processor the way down a tree.
REQUESTS = {1: 16, 32: 4, 1000: 1}

TEXTS = (
    "this is a great product",
    "terrible, I want my money back",
    "The screen is fine but the battery dies within an hour, and nobody at the support desk answered me.",
    "I love it",
    "Best hotel we have ever had! Clean rooms, friendly people, a wonderful view and a breakfast that lasts until noon.",
    "not good, not bad",
)


def main():
    folder = sys.argv[1]
    source = numpy.random.RandomState(0)
    x, y = numbers(source, 5000, 30, 0.5)
    write(folder, "forest", RandomForestClassifier(100, random_state=0, n_jobs=1).fit(x, y), x)
    # What swap.sh puts in its place.
    write(folder, "forest-next", RandomForestClassifier(100, random_state=1, n_jobs=1).fit(x, y), x)
    write(folder, "boosting", HistGradientBoostingClassifier(max_iter=300, random_state=0).fit(x, y), x)
    wide, label = numbers(source, 2000, 1000, 0.5)
    write(folder, "logistic", LogisticRegression(max_iter=1000).fit(wide, label), wide)
    # So noisy that about half of the rows are support vectors.
    noisy, label = numbers(source, 3000, 30, 1.5)
    write(folder, "svm", SVC().fit(noisy, label), noisy)
    # A request of few bytes and much work, for overload.sh.
    many, label = numbers(source, 20000, 30, 0.5)
    write(folder, "neighbors", KNeighborsClassifier(algorithm="brute").fit(many, label), many)
    table = people(source, 1000)
    write(folder, "people", people_model().fit(table, (table["fare"] > 20).astype(int)), table)
    if len(sys.argv) > 2:
        sentiment(folder, sys.argv[2])


def numbers(source, rows, columns, noise):
    x = source.randn(rows, columns)
    return x, (x[:, 0] + x[:, 1] * x[:, 2] + noise * source.randn(rows) > 0).astype(int)


def people(source, count):
    table = pandas.DataFrame({
        "age": numpy.where(source.rand(count) < 0.2, numpy.nan, source.randint(1, 80, count)),
        "fare": source.exponential(30, count),
        "sex": source.choice(["male", "female"], count),
        "port": source.choice(["C", "Q", "S"], count),
        "class": source.randint(1, 4, count),
    })
    table.loc[source.rand(count) < 0.1, "port"] = numpy.nan
    return table


def people_model():
    return make_pipeline(
        ColumnTransformer([
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "fare"]),
            ("texts", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")), ["sex", "port", "class"]),
        ]),
        LogisticRegression(),
    )


def sentiment(folder, registry):
    # The model names a function of a file that lies beside it.
    sys.path.insert(0, registry)
    model = joblib.load(os.path.join(registry, "latest", "model.joblib"))
    for number, text in enumerate(TEXTS):
        request(folder, "sentiment", 1, number, {"text": text}, {"prediction": model.predict([text])[0]})
    for count in (32, 1000):
        texts = [TEXTS[i % len(TEXTS)] for i in range(count)]
        request(folder, "sentiment", count, 0, {"instances": texts}, {"predictions": model.predict(texts).tolist()})


def write(folder, name, model, rows):
    latest = os.path.join(folder, name, "latest")
    os.makedirs(latest, exist_ok=True)
    joblib.dump(model, os.path.join(latest, "model.joblib"))
    with open(os.path.join(latest, "metadata.json"), "w") as file:
        json.dump({"version": "1.0.0"}, file)
    answers = model.predict(rows).tolist()
    if isinstance(rows, pandas.DataFrame):
        rows = [{key: None if value != value else value for key, value in row.items()} for row in rows.to_dict("records")]
    else:
        rows = rows.tolist()
    for count, requests in REQUESTS.items():
        for number in range(requests):
            part = slice(number * count, (number + 1) * count)
            request(folder, name, count, number, {"instances": rows[part]}, {"predictions": answers[part]})


def request(folder, name, count, number, body, answer):
    path = os.path.join(folder, f"{name}-{count}" + (f".{number}" if number else ""))
    for ending, content in (("json", body), ("answer", answer)):
        with open(f"{path}.{ending}", "w") as file:
            json.dump(content, file)


if __name__ == "__main__":
    main()
