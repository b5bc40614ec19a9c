"""Training states as the bytes of their MessagePack form, and those met lately, read already."""

import base64
import binascii
from collections import OrderedDict
from hashlib import sha256

from app.encoding import from_msgpack, to_msgpack
from app.settings import MIB
from engine.errors import InputError
from engine.learning import TrainingState

REMEMBERED = 64
"""States remembered at most: a session's next slice often comes to the worker of the last one."""
REMEMBERED_BYTES = 16 * MIB
"""What the forms of all states remembered may take."""


class Memory:
    """The states used last, within bounds; the one used longest ago is forgotten first."""

    def __init__(self, most: int = REMEMBERED, room: int = REMEMBERED_BYTES) -> None:
        self._most = most
        self._room = room
        self._states: OrderedDict[bytes, TrainingState] = OrderedDict()
        self._bytes = 0

    def get(self, content: bytes) -> TrainingState | None:
        """The state these bytes stand for, if it is remembered."""
        state = self._states.get(content)
        if state is not None:
            self._states.move_to_end(content)
        return state

    def add(self, content: bytes, state: TrainingState) -> None:
        """Remember what these bytes stand for."""
        if content in self._states or len(content) > self._room:
            return
        self._states[content] = state
        self._bytes += len(content)
        while len(self._states) > self._most or self._bytes > self._room:
            forgotten, _ = self._states.popitem(last=False)
            self._bytes -= len(forgotten)


_memory = Memory()


def write_state(state: TrainingState) -> bytes:
    """The bytes that stand for a state."""
    content = to_msgpack(state.to_plain())
    _memory.add(content, state)
    return content


def read_state(content: bytes) -> TrainingState:
    """The state that bytes stand for; nothing in them is trusted.

    Raises InputError for anything that is not a state.
    """
    known = _memory.get(content)
    if known is not None:
        return known
    try:
        plain = from_msgpack(content)
    except ValueError as error:
        raise _unreadable("MessagePack") from error
    state = TrainingState.from_plain(plain)
    _memory.add(content, state)
    return state


def fingerprint(content: bytes) -> str:
    """Sixteen hexadecimal digits that tell states apart: of equal states alone they are equal."""
    return sha256(content).hexdigest()[:16]


def decode(text: str) -> bytes:
    """The bytes of a state that a client handed in, in base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _unreadable("base64") from error


def _unreadable(what: str) -> InputError:
    return InputError(
        "bad_state",
        f"this training state is not {what}",
        hint="start the training again, or hand back a state exactly as it was given",
        parameters={"wanted": what},
    )
