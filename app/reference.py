"""The page /api, drawn from the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from app.description import MESSAGES

Schema = dict[str, Any]


def context(document: Schema) -> dict[str, object]:
    """What the page shows."""
    return {
        "schemas": document["components"]["schemas"],
        "routes": list(_routes(document)),
        "messages": list(_messages(document["components"]["schemas"])),
        "type_of": type_of,
    }


def _routes(document: Schema) -> Iterator[dict[str, object]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {})
            yield {
                "method": method.upper(),
                "path": path,
                "description": operation.get("description", operation.get("summary", "")),
                "request": _model(body),
                "answer": _model(operation["responses"]["200"]),
            }


def _model(carrier: Schema) -> str | None:
    reference = carrier.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref")
    return reference.rpartition("/")[2] if reference else None


def _messages(schemas: Schema) -> Iterator[dict[str, str]]:
    for mode, models in MESSAGES.items():
        sender = "server" if mode == "serialization" else "client"
        for model in models:
            kind = schemas[model.__name__]["properties"]["type"]["const"]
            yield {"name": model.__name__, "type": kind, "sender": f"sent by the {sender}"}


def type_of(schema: Schema) -> str:
    """A schema in a few words: `list of Node`, `number or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return repr(schema["const"])
    if "enum" in schema:
        return " or ".join(repr(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(type_of, schema["anyOf"])))
    if "prefixItems" in schema:
        return f"[{', '.join(map(type_of, schema['prefixItems']))}]"
    if schema.get("type") == "array":
        return f"list of {type_of(schema['items'])}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"map of {type_of(schema['additionalProperties'])}"
    return str(schema.get("format") or schema.get("type") or "any")
