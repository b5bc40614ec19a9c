"""Reading what a client says, packing what the server says."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.encoding import Entries, join_entries, to_entries, to_msgpack
from app.parsing import loads
from app.problems import ProblemError, describe
from app.schemas.live import (
    AskState,
    ClientMessage,
    Configure,
    Drawn,
    Edit,
    Pause,
    Play,
    Rewind,
    Speed,
    Step,
    Taken,
    Watch,
)

VERSION = 1

Message = Configure | Play | Pause | Step | Rewind | Edit | Speed | Watch | Drawn | AskState | Taken

_reader: TypeAdapter[Message] = TypeAdapter(ClientMessage)


def read(text: str, longest: int) -> Message:
    """The message a text stands for; raises ProblemError or ValidationError when it is none."""
    if len(text) > longest:
        raise ProblemError(
            413,
            "message_too_large",
            f"the message is longer than the {longest:,} characters allowed",
            hint="make it smaller",
            limit="training_body",
            actual=len(text),
            allowed=longest,
        )
    return _reader.validate_python(loads(text))


def read_apart(text: str, longest: int) -> Message | dict[str, Any]:
    """The message, read in a worker, or the problem with it: not every exception finds its way back."""
    try:
        return read(text, longest)
    except (ProblemError, ValidationError) as error:
        return describe(error)


def pack(kind: str, **fields: Any) -> bytes:
    """A server message."""
    return to_msgpack({"version": VERSION, "type": kind, **fields})


def pack_frame(*parts: Entries, **fields: Any) -> bytes:
    """A frame: fields that are said now, then parts that are packed already."""
    head = {"version": VERSION, "type": "frame", **fields}
    return join_entries(to_entries(head), *parts)


def pack_problem(error: Exception) -> bytes:
    """What was wrong, as a message."""
    return pack("problem", problem=describe(error))
