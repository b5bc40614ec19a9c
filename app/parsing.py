"""JSON from a client, read strictly: what Python's reader lets through or stumbles over is a problem."""

import json
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.problems import ProblemError
from engine.errors import quoted


def _refuse(constant: str) -> NoReturn:
    raise ProblemError(
        422,
        "not_finite",
        f"`{constant}` is not a number of JSON",
        hint="send finite numbers only",
        parameters={"constant": constant},
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each of whose keys may stand there once: JSON does not say which of two would count."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProblemError(
            422,
            "duplicate_key",
            f"{quoted(twice)} is given twice in one object",
            hint="leave one of them out",
            parameters={"key": twice},
        )
    return found


def loads(body: bytes | str) -> Any:
    """The value of a JSON text; raises ProblemError for anything that is not one."""
    try:
        text = body if isinstance(body, str) else body.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
        if "\\u" in text:
            # half of a surrogate pair can be written in JSON but is no character
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(
            422, "not_utf8", f"the body is not UTF-8: byte {error.start} is not part of a character"
        ) from None
    except UnicodeEncodeError:
        raise ProblemError(
            422, "lone_surrogate", "a text holds half of a surrogate pair, which is no character"
        ) from None
    except json.JSONDecodeError as error:
        raise ProblemError(
            422,
            "not_json",
            f"not JSON at line {error.lineno}, column {error.colno}: {error.msg.lower()}",
            parameters={"line": error.lineno, "column": error.colno},
        ) from None
    except RecursionError:
        raise ProblemError(422, "too_deep", "the lists and objects are nested too deep") from None
    except ValueError:
        # the only one left: an integer of thousands of digits
        raise ProblemError(422, "too_large", "an integer has too many digits") from None
    return value


class StrictRequest(Request):
    """A request whose JSON is read by `loads`."""

    async def json(self) -> Any:
        """The body's value."""
        return loads(await self.body())


class StrictRoute(APIRoute):
    """A route whose body must say that it is JSON and be it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, given the strict request."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            if self.body_field is not None:
                kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind != "application/json":
                    raise ProblemError(
                        415,
                        "not_json",
                        f"the content type `{kind}` is not JSON"
                        if kind
                        else "the body names no content type",
                        hint="send `Content-Type: application/json`",
                        parameters={"content_type": kind},
                    )
            return await handler(StrictRequest(request.scope, request.receive))

        return strict
