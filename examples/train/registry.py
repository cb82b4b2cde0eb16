"""Where models are kept: versions/<version>/ for each, latest/ for a copy of the one to serve."""

import datetime
import json
import os
import shutil

import joblib


class ModelRegistry:
    """Saves models with what is known about them."""

    def __init__(self, root):
        self.root = root

    def save(self, model, version, best_params, best_cv_accuracy, test_accuracy):
        """Writes a version and makes it the latest one."""
        metadata = {
            "version": version,
            "saved_at": datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None).isoformat() + "Z",
            "best_params": best_params,
            "best_cv_accuracy": best_cv_accuracy,
            "test_accuracy": test_accuracy,
        }
        folder = os.path.join(self.root, "versions", version)
        latest = os.path.join(self.root, "latest")
        os.makedirs(folder, exist_ok=True)
        os.makedirs(latest, exist_ok=True)
        joblib.dump(model, os.path.join(folder, "model.joblib"))
        with open(os.path.join(folder, "metadata.json"), "w", encoding="utf-8") as file:
            json.dump(metadata, file, indent=2)
        for name in ("model.joblib", "metadata.json"):
            shutil.copyfile(os.path.join(folder, name), os.path.join(latest, name))
        return folder
