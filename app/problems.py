"""Every mistake and failure as one problem document (RFC 9457), in every channel."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app import security
from app.encoding import to_json
from app.pages import error_page, wants_html
from engine.errors import EngineError

logger = logging.getLogger("chainrule")

MEDIA_TYPE = "application/problem+json"


class ProblemError(HTTPException):
    """A mistake or failure found by the server itself rather than by the engine."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        hint: str | None = None,
        limit: str | None = None,
        actual: float | None = None,
        allowed: float | None = None,
        parameters: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code = code
        self.hint = hint
        self.limit = limit
        self.actual = actual
        self.allowed = allowed
        self.parameters = dict(parameters or {})


def document(
    status: int,
    code: str,
    detail: str,
    *,
    span: tuple[int, int] | None = None,
    hint: str | None = None,
    limit: str | None = None,
    actual: float | None = None,
    allowed: float | None = None,
    parameters: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The document; every field is there, null where it says nothing."""
    return {
        "type": f"urn:chainrule:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "span": span,
        "hint": hint,
        "limit": limit,
        "actual": actual,
        "allowed": allowed,
        "parameters": dict(parameters or {}),
    }


def describe(error: Exception) -> dict[str, Any]:
    """The document of any exception; one that nobody foresaw is told without its particulars."""
    match error:
        case EngineError():
            return document(
                422,
                error.code,
                error.detail,
                span=error.span,
                hint=error.hint,
                limit=error.limit,
                actual=error.actual,
                allowed=error.allowed,
                parameters=error.parameters,
            )
        case ProblemError():
            return document(
                error.status_code,
                error.code,
                error.detail,
                hint=error.hint,
                limit=error.limit,
                actual=error.actual,
                allowed=error.allowed,
                parameters=error.parameters,
            )
        case RequestValidationError() | ValidationError():
            return _invalid(error.errors())
        case HTTPException():
            code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
            return document(error.status_code, code, error.detail.lower())
        case _:
            return document(
                500, "internal", "the server failed; this is its mistake, not yours", hint="try again"
            )


_WORDS = {
    "missing": "the field is missing",
    "extra_forbidden": "there is no such field",
    "model_attributes_type": "an object is expected",
    "model_type": "an object is expected",
    "dict_type": "an object is expected",
}


def _invalid(errors: Sequence[ErrorDetails | Any]) -> dict[str, Any]:
    """The first of Pydantic's complaints in words, all of their places in the parameters."""
    places = [_place(error) for error in errors]
    first = errors[0]
    words = _WORDS.get(first["type"]) or _lower(first["msg"])
    if not places[0] and first["type"] == "missing":
        words = "an object is expected, in JSON"
    return document(
        422,
        "invalid_request",
        f"`{places[0]}`: {words}" if places[0] else f"the request: {words}",
        hint="the fields of each request are listed at /api",
        parameters={"field": places[0], "fields": places, "kind": first["type"]},
    )


def _place(error: ErrorDetails | Any) -> str:
    """`spec.data.classes`, `inputs.x[0]`: where in the body, the message, the query or the path."""
    # the first part only says which of these it was
    parts = error["loc"][1:]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
    return place + str(error.get("ctx", {}).get("at", ""))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def respond(problem: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    """The document as an HTTP answer."""
    return Response(to_json(problem), problem["status"], headers, media_type=MEDIA_TYPE)


async def handle(request: Request, error: Exception) -> Response:
    """Answer any exception: a page for somebody who asked for a page, the document for all others."""
    headers: dict[str, str] | None = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    problem = describe(error)
    if problem["status"] >= 500 and problem["code"] == "internal":
        logger.error("unexpected failure", exc_info=error)
        # answered outside of the middleware that gives every other answer its headers
        headers = security.headers(request.scope["nonce"])
    if wants_html(request):
        return error_page(request, problem, headers)
    return respond(problem, headers)


def install(app: FastAPI) -> None:
    """Let the application answer every exception with the one document."""
    for kind in (EngineError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)
