"""One line of a stream: a JSON object on its own."""

from typing import Any

from app.encoding import to_json
from app.problems import describe

VERSION = 1


def line(kind: str, encoded: bytes = b"{}", **fields: Any) -> bytes:
    """A line of this kind; `encoded` is an object that a worker has put into JSON already."""
    head = to_json({"version": VERSION, "type": kind, **fields})
    joint = b"," if len(encoded) > 2 else b""
    return head[:-1] + joint + encoded[1:] + b"\n"


def problem_line(error: Exception, **fields: Any) -> bytes:
    """What failed."""
    return line("problem", problem=describe(error), **fields)
