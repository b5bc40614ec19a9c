"""The page /api, drawn from the OpenAPI document."""

from collections.abc import Iterator
from typing import Any, cast

from app.description import MESSAGES

Schema = dict[str, Any]


def context(document: Schema) -> dict[str, object]:
    """What the page shows."""
    schemas, routes = document["components"]["schemas"], list(_routes(document))
    bodies = [name for route in routes for name in (*route["requests"], *route["answers"])]
    return {
        "schemas": schemas,
        "groups": list(_groups(document["tags"], routes)),
        "parts": _parts(schemas, bodies),
        "messages": list(_messages(schemas)),
        "type_of": type_of,
    }


def _groups(tags: list[dict[str, str]], routes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The routes under their tags, the shortest address first: the others are about parts of it."""
    for tag in tags:
        tagged = [route for route in routes if tag["name"] in route["tags"]]
        tagged.sort(key=lambda route: route["path"].count("/"))
        yield {"id": tag["name"], "title": tag["description"], "routes": tagged}


def _routes(document: Schema) -> Iterator[dict[str, Any]]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {})
            yield {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "tags": operation["tags"],
                "summary": operation["summary"],
                "description": operation["description"],
                "requests": _models(body, schemas),
                "answers": _models(operation["responses"]["200"], schemas),
                "parameters": operation.get("parameters", []),
            }


def _models(carrier: Schema, schemas: Schema) -> list[str]:
    """The models that a body, or each of its lines, may be."""
    names = _referred(carrier.get("content", {}))
    # a name for one of several stands for each of them
    return [
        model
        for name in names
        for model in ([name] if "properties" in schemas[name] else _referred(schemas[name]))
    ]


def _referred(schema: object) -> Iterator[str]:
    """The names of the models that a schema refers to, in order. Schemas are our own, and not deep."""
    if isinstance(schema, dict):
        for key, value in cast("Schema", schema).items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from _referred(value)
    elif isinstance(schema, list):
        for item in cast("list[object]", schema):
            yield from _referred(item)


def _parts(schemas: Schema, bodies: list[str]) -> list[str]:
    """The models with fields that requests and answers are made of, each once."""
    names = list(dict.fromkeys(bodies))
    # the list grows while it is walked
    for name in names:
        names += [other for other in dict.fromkeys(_referred(schemas[name])) if other not in names]
    return [name for name in names if name not in bodies and "properties" in schemas[name]]


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
