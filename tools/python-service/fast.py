"""The same service, written for speed, as a careful team might: /predict of any model of the registry, one text or many rows.

    REGISTRY_ROOT=registry OMP_NUM_THREADS=1 uvicorn fast:app --workers 2

What it leaves out costs main.py much of a request: a middleware written in Python, a thread for each call, and models of pydantic for what numpy checks anyway.
"""

import os
import uuid

import numpy
import pandas
import pydantic_core
import sklearn
from fastapi import FastAPI, Request, Response

from registry import CachingRegistry, ModelNotFound

sklearn.set_config(assume_finite=True, skip_parameter_validation=True)
registry = CachingRegistry(os.environ.get("REGISTRY_ROOT", "registry"))
app = FastAPI(title="Model API")


@app.post("/predict")
async def predict(request: Request):
    request_id = request.headers.get("X-Request-Id") or str(uuid.uuid4())
    try:
        body = pydantic_core.from_json(await request.body())
        model, metadata = registry.load(body.get("version"))
        answer = {"prediction": model.predict([body["text"]])[0]} if "text" in body else {"predictions": model.predict(_rows(body["instances"])).tolist()}
    except ModelNotFound as error:
        return _answer(404, {"detail": str(error)}, request_id)
    except (AttributeError, KeyError, ValueError) as error:
        return _answer(422, {"detail": str(error)}, request_id)
    shown = {key: metadata.get(key) for key in ("best_cv_accuracy", "test_accuracy", "saved_at")}
    return _answer(200, {"version": metadata.get("version"), **answer, "metadata": shown, "requestId": request_id}, request_id)


def _rows(instances):
    if isinstance(instances[0], dict):
        return pandas.DataFrame(instances)
    return instances if isinstance(instances[0], str) else numpy.asarray(instances, dtype=float)


def _answer(status, content, request_id):
    return Response(pydantic_core.to_json(content), status, {"X-Request-Id": request_id}, "application/json")
