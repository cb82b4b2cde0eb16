"""Reads what examples/train writes: versions/<version>/ and latest/, each with model.joblib and metadata.json."""

import json
import os

import joblib


class ModelNotFound(Exception):
    """The registry has no such version."""


class ModelRegistry:
    """Models by version, read anew for every call."""

    def __init__(self, root):
        self.root = root

    def load(self, version=None):
        """A model and its metadata; the latest one where no version is named."""
        folder = self._folder(version)
        return joblib.load(os.path.join(folder, "model.joblib")), self.metadata(version)

    def metadata(self, version=None):
        with open(os.path.join(self._folder(version), "metadata.json"), encoding="utf-8") as file:
            return json.load(file)

    def versions(self):
        folder = os.path.join(self.root, "versions")
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def _folder(self, version):
        if not version:
            folder = os.path.join(self.root, "latest")
        elif version in self.versions():
            folder = os.path.join(self.root, "versions", version)
        else:
            raise ModelNotFound(f"Model version '{version}' not found")
        if not os.path.isfile(os.path.join(folder, "model.joblib")):
            raise ModelNotFound("No model has been saved yet")
        return folder


class CachingRegistry(ModelRegistry):
    """Keeps every model that was read once: the most that this service can give."""

    def __init__(self, root):
        super().__init__(root)
        self._loaded = {}

    def load(self, version=None):
        key = version or None
        if key not in self._loaded:
            self._loaded[key] = super().load(version)
        return self._loaded[key]
