"""A sentiment service in Python, as many teams run it: what Skiff replaces and is compared with.

    REGISTRY_ROOT=registry uvicorn main:app --host 0.0.0.0 --port 8000

CACHE_MODEL=1 keeps the model in memory; without it each request reads it from disk, as the first version of such a service does.
"""

import os
import uuid
from typing import Optional

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

from registry import CachingRegistry, ModelNotFound, ModelRegistry

_REGISTRY = CachingRegistry if os.environ.get("CACHE_MODEL") == "1" else ModelRegistry
registry = _REGISTRY(os.environ.get("REGISTRY_ROOT", "registry"))
app = FastAPI(title="Sentiment model API")


class PredictRequest(BaseModel):
    text: str
    version: Optional[str] = None


@app.middleware("http")
async def add_request_id(request: Request, call_next):
    request.state.request_id = request.headers.get("X-Request-Id") or str(uuid.uuid4())
    response = await call_next(request)
    response.headers["X-Request-Id"] = request.state.request_id
    return response


@app.get("/health")
def health(request: Request):
    return {"status": "ok", "detail": "python-api running", "requestId": request.state.request_id}


@app.post("/predict")
def predict(payload: PredictRequest, request: Request):
    model, metadata = _found(lambda: registry.load(payload.version))
    return {
        "version": metadata.get("version"),
        "prediction": model.predict([payload.text])[0],
        "metadata": {key: metadata.get(key) for key in ("best_cv_accuracy", "test_accuracy", "saved_at")},
        "requestId": request.state.request_id,
    }


@app.get("/models")
def models():
    return [{"version": version, "metadata": registry.metadata(version)} for version in registry.versions()]


@app.get("/models/latest")
def latest_model():
    metadata = _found(registry.metadata)
    return {"version": metadata.get("version"), "metadata": metadata}


@app.get("/models/{version}")
def one_model(version: str):
    return {"version": version, "metadata": _found(lambda: registry.metadata(version))}


def _found(read):
    try:
        return read()
    except ModelNotFound as error:
        raise HTTPException(status_code=404, detail=str(error)) from error
