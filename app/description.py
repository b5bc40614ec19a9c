"""How the application describes itself: its OpenAPI document."""

from typing import Any, Final, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from app.problems import MEDIA_TYPE
from app.schemas import live

Mode = Literal["serialization", "validation"]
"""Whether a model describes what is sent or what is received."""

TAGS: Final = (
    {"name": "graph", "description": "Programs as graphs"},
    {"name": "trainings", "description": "Trainings"},
    {"name": "listings", "description": "Nets in NumPy, line by line"},
    {"name": "catalogue", "description": "What there is to choose from"},
    {"name": "health", "description": "The server itself"},
)
"""The groups of routes, in the order in which they are told."""

REFERENCE = "#/components/schemas/{model}"
MESSAGES: Final[dict[Mode, tuple[type[BaseModel], ...]]] = {
    "serialization": (live.Ready, live.FrameMessage, live.StateMessage, live.Status, live.ProblemMessage),
    "validation": (
        live.Configure,
        live.Play,
        live.Pause,
        live.Step,
        live.Rewind,
        live.Edit,
        live.Speed,
        live.Watch,
        live.Drawn,
        live.AskState,
        live.Taken,
    ),
}


def install(app: FastAPI) -> None:
    """Let the application describe itself with `describe`."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    app.openapi = openapi


def describe(app: FastAPI) -> dict[str, Any]:
    """The routes as FastAPI sees them, every error as a problem, and the live session's messages."""
    schema = get_openapi(
        title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=app.openapi_tags
    )
    schemas: dict[str, Any] = schema["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for methods in schema["paths"].values():
        for operation in methods.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "A problem (RFC 9457).",
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
    models: list[tuple[type[BaseModel], Mode]] = [
        (model, mode) for mode, group in MESSAGES.items() for model in group
    ]
    _, definitions = models_json_schema(models, ref_template=REFERENCE)
    schemas.update(definitions["$defs"])
    schemas["ClientMessage"] = _union(
        MESSAGES["validation"], "What a client of the live session sends, as JSON."
    )
    schemas["ServerMessage"] = _union(
        MESSAGES["serialization"], "What the server of the live session sends, as binary MessagePack."
    )
    schema["components"]["schemas"] = dict(sorted(schemas.items()))
    return schema


def _union(models: tuple[type[BaseModel], ...], description: str) -> dict[str, Any]:
    return {
        "description": description,
        "oneOf": [{"$ref": REFERENCE.format(model=model.__name__)} for model in models],
        "discriminator": {"propertyName": "type"},
    }
