"""Trains the passengers model that the example registry holds: a data frame with numbers, texts and gaps.

    python train_passengers.py --registry ../registry/passengers --version 1.0.0
"""

import argparse

import pandas
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

import passengers
from registry import ModelRegistry


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--registry", default="registry", help="the folder that holds versions/ and latest/")
    parser.add_argument("--version", default="1.0.0")
    arguments = parser.parse_args()

    frame = pandas.DataFrame(passengers.load())
    features, labels = frame.drop(columns="survived"), frame["survived"]
    train, test, train_labels, test_labels = train_test_split(features, labels, test_size=0.25, random_state=1, stratify=labels)
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "fare"]),
            ("names", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="error")), ["sex", "port"]),
        ]
    )
    search = GridSearchCV(make_pipeline(columns, LogisticRegression()), {"logisticregression__C": [0.1, 1.0, 10.0]}, cv=5)
    search.fit(train, train_labels)

    test_accuracy = accuracy_score(test_labels, search.best_estimator_.predict(test))
    folder = ModelRegistry(arguments.registry).save(
        search.best_estimator_,
        arguments.version,
        best_params=search.best_params_,
        best_cv_accuracy=float(search.best_score_),
        test_accuracy=float(test_accuracy),
    )
    print(f"{folder}: {search.best_params_}, accuracy {search.best_score_:.3f} (cross-validated), {test_accuracy:.3f} (test)")


if __name__ == "__main__":
    main()
