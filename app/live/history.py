"""The states a run has passed, few enough to be kept: any step is reached again from one by a replay.

state(n) = advance(spec, state(m), n - m), bit for bit, with m <= n kept and no change in between
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from operator import attrgetter

from app.problems import ProblemError
from engine.learning import TrainingSpec

SPEC_BYTES = 1024
"""What a spec takes beside its program and the points in it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A state, and the spec under which the run went on from there; None is the spec's own start."""

    spec: TrainingSpec
    state: bytes | None
    step: int
    changed: bool = False
    """Whether the spec or the state was changed here: then no replay from before leads to it."""

    @property
    def size(self) -> int:
        """About how many bytes are kept with it; a spec counts where it came into force."""
        size = len(self.state or b"")
        if self.changed:
            own = self.spec.data.own
            size += SPEC_BYTES + len(self.spec.program)
            size += 0 if own is None else len(own.points) + 2 * len(own.labels)
        return size


_step = attrgetter("step")


class History:
    """Entries in the order of their steps, at most `most` of them, in the bytes that `room` grants.

    When there is no more room, entries are dropped so that those left stay evenly spread; changes go
    last, the oldest first, and with it all that came before the next: `earliest` moves on. The run
    stands at step `at`, which lies before `newest` after a rewind, until it trains or changes there.
    """

    def __init__(self, room: Callable[[], float] = lambda: inf, most: float = inf) -> None:
        self._room = room
        self._most = most
        self._entries: list[Entry] = []
        self._bytes = 0
        self._spacing = 1
        self._visited: Entry | None = None
        self._departure: Entry | None = None
        self.at = 0
        self.newest = 0

    @property
    def earliest(self) -> int:
        """The first step that can be replayed; the start itself can always be drawn again."""
        return self._entries[0].step if self._entries else 0

    @property
    def kept(self) -> tuple[Entry, ...]:
        """What is kept now."""
        return tuple(self._entries)

    def begin(self, spec: TrainingSpec, state: bytes | None, step: int) -> None:
        """Forget everything: another run begins here."""
        self._cut(0)
        self._append(Entry(spec, state, step, changed=True))

    def change(self, spec: TrainingSpec, state: bytes) -> None:
        """Note that the run goes on with this spec from this state; what lay ahead is dropped."""
        self._cut(self.at)
        self._append(Entry(spec, state, self.at, changed=True))

    def train(self, state: bytes, step: int) -> None:
        """Note the state that a slice led to, kept or not; what lay ahead is dropped."""
        if step == self.at:
            return
        if self.at < self.newest or self._departure is not None:
            self._depart()
        self.at = self.newest = step
        last = self._entries[-1]
        if step - last.step >= self._spacing:
            self._append(Entry(last.spec, state, step))

    def visit(self, replayed: Entry, departure: Entry | None) -> None:
        """Note a rewind to where `replayed` is; `departure`, if the run would go on otherwise from there."""
        if departure is None and replayed.step < self.earliest:
            # nothing that is kept leads here
            departure = replace(replayed, changed=True)
        self.at = replayed.step
        self._visited = replayed
        self._departure = departure

    def require(self, step: int) -> None:
        """Raise ProblemError unless a rewind can lead to that step."""
        if step == 0 or self.earliest <= step <= self.newest:
            return
        steps = f"{self.earliest:,} to {self.newest:,}"
        steps = f"0 and {steps}" if self.earliest else steps
        raise ProblemError(
            422,
            "out_of_range",
            f"step {step:,} is not one this run can be set to: those are {steps}",
            hint=f"choose a step of {steps}",
            parameters={"what": "step", "value": step, "lowest": self.earliest, "highest": self.newest},
        )

    def nearest(self, step: int, spec: TrainingSpec) -> Entry:
        """The last entry that leads to a step without a change in between, and by an update if there is one.

        The start is always one: where it is not kept, that of the spec given. Raises ProblemError
        for a step that no rewind can lead to.
        """
        self.require(step)
        position = bisect_right(self._entries, step, key=_step)
        if position == 0:
            return Entry(spec, None, 0, changed=True)
        entry = self._entries[position - 1]
        if entry.step == step and not entry.changed:
            # so that the last update is made again: a frame tells its size
            entry = self._entries[position - 2]
        # the run may stand closer: then scrubbing forward costs little
        visited = self._visited
        return visited if visited is not None and entry.step < visited.step < step else entry

    def fit(self) -> None:
        """Drop entries until the rest have room; one always stays."""
        while len(self._entries) > 1 and (len(self._entries) > self._most or self._bytes > self._room()):
            if all(entry.changed for entry in self._entries):
                self._keep(self._entries[1:])
            else:
                self._spacing *= 2
                self._thin()

    def _append(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._bytes += entry.size
        self._visited = self._departure = None
        self.at = self.newest = entry.step
        self.fit()

    def _keep(self, entries: list[Entry]) -> None:
        self._entries = entries
        self._bytes = sum(entry.size for entry in entries)

    def _cut(self, step: int) -> None:
        """Drop what is at that step or after."""
        self._keep(self._entries[: bisect_left(self._entries, step, key=_step)])
        # a shorter run has room for closer entries
        self._spacing = 1

    def _depart(self) -> None:
        """Drop what lay ahead of where the run stands: it goes on otherwise."""
        departure = self._departure
        self._cut(self.at if departure is not None else self.at + 1)
        if departure is not None:
            self._append(departure)
        self._visited = None

    def _thin(self) -> None:
        left: list[Entry] = []
        for entry in self._entries:
            if entry.changed or entry.step - left[-1].step >= self._spacing:
                left.append(entry)
        self._keep(left)
