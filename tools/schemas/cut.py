#!/usr/bin/env python3
"""Cuts published schemas down to what deploy/ uses, for tests/Skiff.House.Tests/Schemas.

    cut.py kubernetes SWAGGER.JSON > kubernetes.json      Kubernetes' OpenAPI document
    cut.py kserve CRD.YAML... > kserve.json               KServe's custom resource definitions

Both become one JSON schema (draft 7) whose definitions are named `apiVersion/Kind`. Descriptions go, and so does `status`, which nobody writes. Every object
with listed properties is closed: a misspelt field is an error, as `kubectl --validate=strict` has it. What is either a number or a string is said to be so.
"""

import json
import sys

KINDS = {
    "v1/Namespace", "v1/PersistentVolumeClaim", "v1/Secret", "v1/Service", "v1/ConfigMap", "apps/v1/Deployment", "autoscaling/v2/HorizontalPodAutoscaler",
    "networking.k8s.io/v1/NetworkPolicy", "policy/v1/PodDisruptionBudget",
}
PREFIX = "#/definitions/"


def closed(node):
    """A schema without prose, and closed."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("x-kubernetes-int-or-string") or node.get("format") == "int-or-string":
        return {"type": ["integer", "string"]}
    result = {}
    for key, value in node.items():
        if key in ("properties", "definitions"):
            result[key] = {name: closed(schema) for name, schema in value.items()}
        elif key in ("default", "enum", "required"):
            result[key] = value
        elif key == "description" or key == "format" or key == "nullable" or key.startswith("x-kubernetes-"):
            continue
        else:
            result[key] = closed(value)
    if "properties" in result and not node.get("x-kubernetes-preserve-unknown-fields"):
        result.setdefault("additionalProperties", False)
    return result


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].removeprefix(PREFIX)
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item)


def named(schema, name):
    """The schema of a kind, which has to say by these very words what it is."""
    version, kind = name.rsplit("/", 1)
    schema["properties"].pop("status", None)
    schema["properties"]["apiVersion"] = {"const": version}
    schema["properties"]["kind"] = {"const": kind}
    schema["required"] = sorted({*schema.get("required", []), "apiVersion", "kind", "metadata"})
    return schema


def kubernetes(path):
    with open(path, encoding="utf-8") as file:
        source = json.load(file)["definitions"]
    result, waiting = {}, []
    for name, schema in source.items():
        for kind in schema.get("x-kubernetes-group-version-kind", []):
            full = "/".join(part for part in (kind["group"], kind["version"], kind["kind"]) if part)
            if full in KINDS:
                result[full] = named(closed(schema), full)
                waiting += references(result[full])
    while waiting:
        name = waiting.pop()
        if name not in result:
            result[name] = closed(source[name])
            waiting += references(result[name])
    return result


def kserve(paths):
    import yaml

    result = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            crd = yaml.safe_load(file)["spec"]
        for version in crd["versions"]:
            name = f"{crd['group']}/{version['name']}/{crd['names']['kind']}"
            schema = closed(version["schema"]["openAPIV3Schema"])
            schema["properties"]["metadata"] = {"type": "object", "required": ["name"]}
            # Each repeats what a pod may hold, and none is used here.
            for unused in ("explainer", "transformer"):
                schema["properties"]["spec"]["properties"].pop(unused, None)
            predictor = schema["properties"]["spec"]["properties"].get("predictor", {}).get("properties", {})
            for unused in ("huggingface", "lightgbm", "onnx", "paddle", "pmml", "pytorch", "sklearn", "tensorflow", "triton", "workerSpec", "xgboost"):
                predictor.pop(unused, None)
            result[name] = named(schema, name)
    return result


def main():
    kind, paths = sys.argv[1], sys.argv[2:]
    definitions = kubernetes(paths[0]) if kind == "kubernetes" else kserve(paths)
    json.dump({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": definitions}, sys.stdout, separators=(",", ":"), sort_keys=True)
    print()


main()
