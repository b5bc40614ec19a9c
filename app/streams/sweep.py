"""A sweep as a stream: trainings side by side, in step, round by round."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeVar

from app.live.watching import read_parts
from app.problems import ProblemError, describe
from app.schemas.streams import SweepRequest
from app.settings import Settings
from app.streams.admission import Place
from app.streams.lines import line, problem_line
from app.streams.members import Member, members
from app.streams.response import Write
from app.streams.rounds import rounds
from app.streams.run import Run, frame_line
from app.streams.together import side_by_side
from app.streams.work import Beginning, Point, Shown, points
from engine.errors import EngineError, LimitError

logger = logging.getLogger("chainrule")

T = TypeVar("T")


@dataclass(slots=True)
class Runner:
    """A member and its training; None for one that was refused, whose problem says why."""

    member: Member
    run: Run | None
    problem: Exception | None = None

    @property
    def goes_on(self) -> bool:
        """Whether there is anything left to train."""
        return self.run is not None and self.problem is None and not self.run.point.over

    @property
    def failed(self) -> bool:
        """Whether it has come to a bad end."""
        return self.problem is not None or self.run is None or self.run.point.finished is not None

    @property
    def loss(self) -> float:
        """What members are compared by: the validation loss, without a regularization told apart from it."""
        if self.failed or self.run is None:
            return float("nan")
        losses = self.run.point.measured["losses"]["validation"]
        return losses["total"] if losses["data"] is None else losses["data"]


class Sweep:
    """Trainings that have begun, and how they are told."""

    def __init__(self, place: Place, request: SweepRequest, runners: list[Runner], data: list[bytes]) -> None:
        self._place = place
        self._request = request
        self._runners = runners
        self._data = data
        self._done = 0

    @classmethod
    async def begin(cls, place: Place, request: SweepRequest) -> "Sweep":
        """Begin all members. One that is refused drops out; when all are, the first one's problem is raised.

        Raises EngineError and ProblemError for what cannot be, RequestValidationError for a value of
        the wrong type.
        """
        settings = place.settings
        # thousands of points of one's own take their time to be read
        found = await asyncio.to_thread(members, request, settings.sweep_members)
        states = _states(request, len(found))
        # a layer that a member lacks is left out of its frames: others may have it
        shown = Shown(request.boundary, request.state_every, read_parts(request, None))
        beginnings = [
            Beginning(member.asked, state, request.carry_over, shown)
            for member, state in zip(found, states, strict=True)
        ]
        runners: list[Runner] = []
        async with side_by_side(
            _attempt(Run.begin(place.turns, beginning)) for beginning in beginnings
        ) as runs:
            for member, run in zip(found, runs, strict=True):
                outcome = await run
                runners.append(
                    Runner(member, None, outcome)
                    if isinstance(outcome, Exception)
                    else Runner(member, outcome)
                )
                _check_size(runners, settings)
        begun = [runner.run.begun.spec for runner in runners if runner.run is not None]
        if not begun and runners[0].problem is not None:
            raise runners[0].problem
        distinct = list({spec.data: spec for spec in begun}.values())
        async with side_by_side(place.turns.take(points, spec) for spec in distinct) as written:
            return cls(place, request, runners, [await data for data in written])

    async def tell(self, write: Write) -> None:
        """Write the lines as the members go on."""
        asked = self._request
        await write(self._ready())
        for number, runner in enumerate(self._runners):
            if runner.problem is not None:
                await write(problem_line(runner.problem, member=number))
            elif runner.run is not None:
                await write(frame_line(runner.run.point, member=number))
        await write(self._progress())
        ended = "updates"
        try:
            async with asyncio.timeout(self._place.settings.stream_seconds):
                async for updates in rounds(asked.updates, asked.every, asked.frames_per_second):
                    if not any(runner.goes_on for runner in self._runners):
                        ended = "members"
                        break
                    await self._round(updates, write)
        except TimeoutError:
            ended = "lifetime"
        await write(
            line(
                "summary",
                members=[_summary(runner) for runner in self._runners],
                best=self._best(),
                done=self._done,
                ended=ended,
            )
        )

    async def _round(self, updates: int, write: Write) -> None:
        """Let every member that goes on make as many updates; only a round that is whole counts."""
        going = [(number, runner) for number, runner in enumerate(self._runners) if runner.goes_on]
        outcomes: list[Point | Exception] = []
        calls = [_attempt(runner.run.advance(updates)) for _, runner in going if runner.run is not None]
        async with side_by_side(calls) as points_ahead:
            for (number, _), ahead in zip(going, points_ahead, strict=True):
                outcome = await ahead
                outcomes.append(outcome)
                if isinstance(outcome, Exception):
                    await write(problem_line(outcome, member=number))
                else:
                    await write(frame_line(outcome, member=number))
        for (_, runner), outcome in zip(going, outcomes, strict=True):
            if isinstance(outcome, Exception):
                runner.problem = outcome
            elif runner.run is not None:
                runner.run.point = outcome
        self._done += updates
        await write(self._progress())

    def _ready(self) -> bytes:
        places: dict[object, int] = {}
        told: list[dict[str, Any]] = []
        for runner in self._runners:
            begun = None if runner.run is None else runner.run.begun
            told.append(
                {
                    "label": runner.member.label,
                    "settings": runner.member.settings,
                    "program": None if begun is None else begun.spec.program,
                    "step": None if begun is None else begun.first.step,
                    "network": None if begun is None else begun.network,
                    # the same order as that of the data told
                    "data": None if begun is None else places.setdefault(begun.spec.data, len(places)),
                }
            )
        asked = self._request
        data = b'{"data":[' + b",".join(self._data) + b"]}"
        return line("ready", data, members=told, updates=asked.updates, every=asked.every)

    def _progress(self) -> bytes:
        failed = sum(runner.failed for runner in self._runners)
        total = self._request.updates
        running = 0 if self._done == total else sum(runner.goes_on for runner in self._runners)
        ended = len(self._runners) - failed - running
        return line("progress", done=self._done, total=total, running=running, ended=ended, failed=failed)

    def _best(self) -> int | None:
        losses = {number: runner.loss for number, runner in enumerate(self._runners)}
        finite = [number for number, loss in losses.items() if isfinite(loss)]
        return min(finite, key=losses.__getitem__, default=None)


async def _attempt(call: Coroutine[Any, Any, T]) -> T | Exception:
    """What a call answers, or what it fails of: a member that fails leaves the others alone."""
    try:
        return await call
    except Exception as error:
        if not isinstance(error, EngineError | ProblemError):
            logger.exception("unexpected failure in a sweep")
        return error


def _states(request: SweepRequest, count: int) -> list[str | None]:
    states = request.states
    if states is None:
        return [None] * count
    if len(states) != count:
        raise ProblemError(
            422,
            "wrong_state_count",
            f"`states` has {len(states)} entries for {count} members",
            hint="give one state for each member, null for a start",
            parameters={"field": "states", "states": len(states), "members": count},
        )
    return states


def _check_size(runners: Iterable[Runner], settings: Settings) -> None:
    """Raise LimitError when the members are more than a sweep may hold in memory."""
    sizes = [runner.run.begun.network["parameters"] for runner in runners if runner.run is not None]
    if sum(sizes) > settings.sweep_parameters:
        raise LimitError(
            "sweep_parameters",
            sum(sizes),
            settings.sweep_parameters,
            what="trained numbers in all members of a sweep together",
        )


def _summary(runner: Runner) -> dict[str, Any]:
    return {
        "label": runner.member.label,
        "result": None if runner.run is None else runner.run.result(),
        "problem": None if runner.problem is None else describe(runner.problem),
    }
