"""Validation against our schemas, stricter than they are: no field that a schema does not name."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from searcher.results.schema import schema


def _closed(node: object) -> object:
    """Return a schema in which an object with ``properties`` may have no others."""
    if isinstance(node, dict):
        closed = {key: _closed(value) for key, value in node.items()}
        if "properties" in closed and "additionalProperties" not in closed:
            closed["additionalProperties"] = False
        return closed
    return [_closed(item) for item in node] if isinstance(node, list) else node


def problems(name: str, shape: object) -> list[str]:
    """Return what is wrong with ``shape`` by the schema ``name`` once it has been JSON."""
    closed = _closed(json.loads(schema(name)))
    assert isinstance(closed, dict)
    printed = json.loads(json.dumps(shape, allow_nan=False))
    return [error.message for error in Draft202012Validator(closed).iter_errors(printed)]
