"""Trains the sentiment model that the example registry holds.

    python train.py --registry ../registry/sentiment --version 1.0.0
"""

import argparse
import os
import shutil

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import GridSearchCV, train_test_split
from sklearn.pipeline import Pipeline

import sentences
import text_utils
from registry import ModelRegistry


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--registry", default="registry", help="the folder that holds versions/ and latest/")
    parser.add_argument("--version", default="1.0.0")
    arguments = parser.parse_args()

    texts, labels = sentences.load()
    train_texts, test_texts, train_labels, test_labels = train_test_split(
        texts, labels, test_size=0.2, random_state=42, stratify=labels
    )
    pipeline = Pipeline(
        [
            ("tfidf", TfidfVectorizer(preprocessor=text_utils.clean_text, ngram_range=(1, 2))),
            ("clf", LogisticRegression(max_iter=500)),
        ]
    )
    search = GridSearchCV(pipeline, {"clf__C": [0.1, 1.0, 10.0], "clf__max_iter": [500]}, cv=5, scoring="accuracy")
    search.fit(train_texts, train_labels)

    test_accuracy = accuracy_score(test_labels, search.best_estimator_.predict(test_texts))
    folder = ModelRegistry(arguments.registry).save(
        search.best_estimator_,
        arguments.version,
        best_params=search.best_params_,
        best_cv_accuracy=float(search.best_score_),
        test_accuracy=float(test_accuracy),
    )

    # The model holds the name `text_utils.clean_text` only: whoever serves it looks for the source in the registry.
    shutil.copyfile(text_utils.__file__, os.path.join(arguments.registry, "text_utils.py"))
    print(f"{folder}: {search.best_params_}, accuracy {search.best_score_:.3f} (cross-validated), {test_accuracy:.3f} (test)")


if __name__ == "__main__":
    main()
