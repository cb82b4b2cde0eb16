"""Writes the models that servers are compared on, each a registry of its own, and request bodies of 1, 32 and 1,000 rows: models.py FOLDER"""

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

ROWS = (1, 32, 1000)


def main():
    folder = sys.argv[1]
    source = numpy.random.RandomState(0)
    x, y = numbers(source, 5000, 30, 0.5)
    write(folder, "forest", RandomForestClassifier(100, random_state=0, n_jobs=1).fit(x, y), x)
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
    write(folder, "people", people_model().fit(table, table["fare"] > 20), table)


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


def write(folder, name, model, rows):
    latest = os.path.join(folder, name, "latest")
    os.makedirs(latest, exist_ok=True)
    joblib.dump(model, os.path.join(latest, "model.joblib"))
    if isinstance(rows, pandas.DataFrame):
        rows = [{key: None if value != value else value for key, value in row.items()} for row in rows.to_dict("records")]
    else:
        rows = rows.tolist()
    for count in ROWS:
        with open(os.path.join(folder, f"{name}-{count}.json"), "w") as file:
            json.dump({"instances": rows[:count]}, file)


if __name__ == "__main__":
    main()
