"""When a client is handed the state of its training: what it goes on from if it loses this server."""

import time
from math import inf

RARELY = 1.0
"""Seconds between two states of a training under way, at least."""
SHARE = 4.0
"""Times as long as a state was on its way none is sent while training: frames need the line too."""
LONGEST = 10.0
"""Seconds for which none is sent for that reason, at most."""


class Handover:
    """One state on its way at a time, each only once: at rest at once, under way now and then."""

    def __init__(self) -> None:
        self._last = b""
        self._on_its_way: int | None = None
        self._left_at = -inf
        self._taken_at = -inf
        self._pause = 0.0

    def wait(self, state: bytes, *, under_way: bool) -> float | None:
        """Seconds until a state is to leave, 0 when it is; None as long as the client needs none."""
        if self._on_its_way is not None or not self.owed(state):
            return None
        if not under_way:
            return 0.0
        due = max(self._taken_at + self._pause, self._left_at + RARELY)
        return max(0.0, due - time.monotonic())

    def owed(self, state: bytes) -> bool:
        """Whether the client has never been handed that state."""
        return bool(state) and state != self._last

    def leave(self, step: int, state: bytes) -> None:
        """Note that the state of a step is on its way."""
        self._last = state
        self._on_its_way = step
        self._left_at = time.monotonic()

    def taken(self, step: int) -> None:
        """Note that the client has it; a state that it asked for itself is none of these."""
        if step == self._on_its_way:
            self._on_its_way = None
            self._taken_at = time.monotonic()
            self._pause = min(SHARE * (self._taken_at - self._left_at), LONGEST)
