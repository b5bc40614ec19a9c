"""One training of a stream, carried on slice by slice."""

from typing import Any

from app.live.pace import Pace
from app.problems import describe
from app.streams.lines import line
from app.streams.turns import Turns
from app.streams.work import Beginning, Begun, Point, Shown, advance, begin


class Run:
    """A training: bit for bit the same however its slices are cut. `point` is where its last frame stands."""

    def __init__(self, turns: Turns, shown: Shown, begun: Begun) -> None:
        self._turns = turns
        self._shown = shown
        self._pace = Pace()
        self.begun = begun
        self.point = begun.first

    @classmethod
    async def begin(cls, turns: Turns, beginning: Beginning) -> "Run":
        """Begin one; raises EngineError for settings or a state that cannot be."""
        return cls(turns, beginning.shown, await turns.take(begin, beginning))

    async def advance(self, updates: int) -> Point:
        """Where the training stands after so many updates more, or fewer where it ends.

        The run itself stays where it is until it is told of the new `point`: what is called off half
        way leaves nothing behind.
        """
        point = self.point
        until = point.step + updates
        while True:
            left = until - point.step
            count = min(left, self._pace.updates())
            target = self._turns.slice_seconds()
            before = point.step
            point = await self._turns.take(
                advance, self.begun.spec, point.state, count, self._shown, count == left
            )
            self._pace.done(point.step - before, point.seconds, target)
            if point.over or point.step == until:
                return point

    def result(self) -> dict[str, Any]:
        """Where it came to, for a summary."""
        finished = self.point.finished
        return {
            **self.point.measured,
            "finished": None if finished is None else describe(finished),
            "state": self.point.state,
        }


def frame_line(point: Point, **fields: Any) -> bytes:
    """The frame of a point."""
    assert point.frame is not None
    finished = None if point.finished is None else describe(point.finished)
    return line("frame", point.frame, **fields, finished=finished)
