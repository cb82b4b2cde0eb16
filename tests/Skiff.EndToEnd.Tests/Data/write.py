"""Writes reviews.joblib: a model that can never be taken for the bundled one, since its labels are `good` and `bad` instead of `positive` and `negative`.

    python3 write.py

It needs no function of ours, so that it can stand in any registry.
"""

import os

import joblib
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

TEXTS = [
    "this is a great product", "a great book", "really great", "I love this", "great value", "what a wonderful day",
    "this is a terrible product", "a terrible book", "really terrible", "I hate this", "terrible value", "what an awful day",
]
LABELS = ["good"] * 6 + ["bad"] * 6

model = Pipeline([("count", CountVectorizer()), ("clf", LogisticRegression(C=10.0))]).fit(TEXTS, LABELS)
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reviews.joblib")
joblib.dump(model, path)
print(path, list(model.predict(["this is a great product", "this is a terrible product"])))
