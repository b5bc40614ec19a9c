"""What a client wishes that is not done yet: changes first, in their order, then steps, then to play."""

from collections import deque
from dataclasses import dataclass
from typing import Literal

from app.problems import ProblemError
from app.schemas.live import Configure, Edit, Rewind, Step

Change = Configure | Edit | Rewind

MOST_STEPS = 256
"""Steps that may wait."""
MOST_CHANGES = 64
"""Changes that may wait; of those in a row to the same thing, only the newest waits."""


@dataclass(slots=True)
class Steps:
    """A step asked for, and how many updates or epochs of it are left."""

    unit: Literal["update", "epoch"]
    left: int


class Wishes:
    """Holds them until there is time, in bounded memory; `playing` is what to do when none is left."""

    def __init__(self) -> None:
        self._changes: deque[Change] = deque()
        self._steps: deque[Steps] = deque()
        self._under_way: Change | None = None
        self.playing = False

    def __bool__(self) -> bool:
        """Whether something is to be done even by a training at rest."""
        return bool(self._changes or self._steps)

    @property
    def step(self) -> Steps | None:
        """The step to be made next."""
        return self._steps[0] if self._steps else None

    @property
    def away(self) -> bool:
        """Whether the run is to be elsewhere soon, so that a rewind still under way is in vain."""
        return any(isinstance(change, Rewind) or _starts_over(change) for change in self._changes)

    @property
    def configures(self) -> bool:
        """Whether a configure waits or is under way."""
        return any(isinstance(change, Configure) for change in (self._under_way, *self._changes))

    def change(self, change: Change) -> None:
        """Wait for a change; raises ProblemError when too many wait already."""
        if _starts_over(change):
            self._changes.clear()
        if _starts_over(change) or isinstance(change, Rewind):
            self._steps.clear()
        if self._changes and (merged := _merged(self._changes[-1], change)) is not None:
            self._changes[-1] = merged
        else:
            _require_room("changes", len(self._changes), MOST_CHANGES)
            self._changes.append(change)

    def take(self) -> Change | None:
        """The change to be made next, under way until `done`: nothing takes its place any more."""
        self._under_way = self._changes.popleft() if self._changes else None
        return self._under_way

    def done(self) -> None:
        """Note that the change under way was made, or refused."""
        self._under_way = None

    def add_step(self, step: Step) -> None:
        """Wait for a step, at rest; raises ProblemError when too many wait already."""
        _require_room("steps", len(self._steps), MOST_STEPS)
        self.playing = False
        self._steps.append(Steps(step.unit, step.count))

    def made(self, step: Steps, count: int) -> None:
        """Note that so much of a step was made; it may have been called off meanwhile."""
        step.left -= count
        if self._steps and self._steps[0] is step and step.left <= 0:
            self._steps.popleft()

    def call_off_steps(self) -> None:
        """Make no more steps."""
        self._steps.clear()


def _starts_over(change: Change) -> bool:
    return isinstance(change, Configure) and (change.restart or change.state is not None)


def _merged(waiting: Change, newer: Change) -> Change | None:
    """One change in place of two in a row, None when both are to be made."""
    match waiting, newer:
        case Configure(), Configure():
            # what the older one starts from is still wished for
            return newer.model_copy(update={"restart": waiting.restart, "state": waiting.state})
        case Rewind(), Rewind():
            return newer
        case Edit(), Edit() if (waiting.parameter, waiting.index) == (newer.parameter, newer.index):
            return newer
        case _:
            return None


def _require_room(what: str, waiting: int, most: int) -> None:
    if waiting >= most:
        raise ProblemError(
            429,
            "too_many_waiting",
            f"{most} {what} wait to be made already",
            hint="wait for the frames of those asked for before",
            limit="waiting",
            actual=waiting + 1,
            allowed=most,
            parameters={"what": what},
        )
