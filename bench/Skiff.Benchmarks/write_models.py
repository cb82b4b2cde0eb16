"""Writes the models that are measured, and says what scikit-learn itself needs for them: python3 write_models.py FOLDER"""

import os
import sys
import timeit

import joblib
import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    source = numpy.random.RandomState(0)
    x = source.randn(5000, 30)
    y = (x[:, 0] + x[:, 1] * x[:, 2] + 0.5 * source.randn(5000) > 0).astype(int)
    write(folder, "forest", RandomForestClassifier(100, random_state=0, n_jobs=1).fit(x, y), x)
    write(folder, "boosting", HistGradientBoostingClassifier(max_iter=300, random_state=0).fit(x, y), x)
    people = make_people(source, 800)
    model = make_pipeline(
        ColumnTransformer([
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "fare"]),
            ("texts", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")), ["sex", "port", "class"]),
        ]),
        LogisticRegression(),
    )
    write(folder, "people", model.fit(people, people["fare"] > 20), people)
    write_kernels(folder, source)
    texts = [" ".join(f"word{i}" for i in source.randint(0, 4000, 12)) for _ in range(5000)]
    write(folder, "reviews", make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression()).fit(texts, source.randint(0, 2, 5000)), texts)


def write_kernels(folder, source):
    # Labels that no row tells: every row becomes a support vector.
    x = source.randn(2000, 30)
    write(folder, "svc", SVC(gamma=0.5).fit(x, source.randint(0, 3, 2000)), x)
    x = source.randn(1000, 1000)
    write(folder, "logistic", LogisticRegression(max_iter=20).fit(x, source.randint(0, 2, 1000)), x)
    write(folder, "logistic-ten", LogisticRegression(max_iter=20).fit(x, source.randint(0, 10, 1000)), x)
    for name, width, algorithm in (("tree", 3, "kd_tree"), ("brute", 30, "brute")):
        x = source.randn(20000, width)
        write(folder, f"neighbors-{name}", KNeighborsClassifier(algorithm=algorithm).fit(x, source.randint(0, 3, 20000)), x)
    x = source.randn(2000, 100)
    write(folder, "mlp", MLPClassifier((100, 100), max_iter=5).fit(x, source.randint(0, 3, 2000)), x)


def make_people(source, count):
    people = pandas.DataFrame({
        "age": numpy.where(source.rand(count) < 0.2, numpy.nan, source.randint(1, 80, count)),
        "fare": source.exponential(30, count),
        "sex": source.choice(["male", "female"], count),
        "port": source.choice(["C", "Q", "S"], count),
        "class": source.randint(1, 4, count),
    })
    people.loc[source.rand(count) < 0.1, "port"] = numpy.nan
    return people


def write(folder, name, model, rows):
    joblib.dump(model, os.path.join(folder, f"{name}.joblib"))
    for count in (1, min(1000, len(rows))):
        some = rows[:count]
        answer = getattr(model, "predict_proba", model.predict)
        answer(some)
        seconds = min(timeit.repeat(lambda: answer(some), number=5, repeat=5)) / 5
        print(f"{name}: scikit-learn, {count} rows at once: {seconds / count * 1e6:.2f} us a row")


if __name__ == "__main__":
    main()
