"""A training as a stream: ready, frames, a summary."""

import asyncio

from app.live.watching import read_parts
from app.schemas.streams import TrainingStreamRequest
from app.streams.admission import Place
from app.streams.lines import line
from app.streams.members import lone
from app.streams.response import Write
from app.streams.rounds import rounds
from app.streams.run import Run, frame_line
from app.streams.work import Beginning, Shown, points


class Training:
    """A training that has begun, and how it is told."""

    def __init__(self, place: Place, request: TrainingStreamRequest, run: Run, data: bytes) -> None:
        self._place = place
        self._request = request
        self._run = run
        self._data = data

    @classmethod
    async def begin(cls, place: Place, request: TrainingStreamRequest) -> "Training":
        """Begin one; raises EngineError or ProblemError for what cannot be."""
        shown = Shown(request.boundary, request.state_every, read_parts(request, None))
        beginning = Beginning(lone(request), request.state, request.carry_over, shown)
        run = await Run.begin(place.turns, beginning)
        # a layer that is not there is a mistake, known only now
        read_parts(request, run.begun.views)
        return cls(place, request, run, await place.turns.take(points, run.begun.spec))

    async def tell(self, write: Write) -> None:
        """Write the lines as the training goes on."""
        asked, run = self._request, self._run
        began = run.point.step
        await write(
            line(
                "ready",
                self._data,
                **run.begun.network,
                program=run.begun.spec.program,
                step=began,
                updates=asked.updates,
                every=asked.every,
            )
        )
        await write(frame_line(run.point))
        ended = "updates"
        try:
            async with asyncio.timeout(self._place.settings.stream_seconds):
                async for updates in rounds(asked.updates, asked.every, asked.frames_per_second):
                    if run.point.over:
                        break
                    run.point = await run.advance(updates)
                    await write(frame_line(run.point))
        except TimeoutError:
            ended = "lifetime"
        if run.point.finished is not None:
            ended = "finished"
        elif run.point.over:
            ended = "stopped"
        await write(line("summary", updates=run.point.step - began, ended=ended, **run.result()))
