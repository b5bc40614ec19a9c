"""One client's training: what it wishes, the slice that runs, the frame on its way."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.compute import Compute
from app.live.messages import Message, read
from app.live.outbox import Outbox
from app.live.pace import Pace, slice_seconds
from app.live.watching import read_parts
from app.problems import ProblemError, describe
from app.schemas.live import Configure, Drawn, Pause, Play, Rewind, Speed, Step, Watch
from app.settings import Settings
from app.slices import Opened, Slice, open_training, rewind_training, train
from engine.errors import EngineError
from engine.learning import NO_PARTS

logger = logging.getLogger("chainrule")

FRAME = 1 / 30
"""Seconds between frames when the speed is limited."""
MOST_STEPS = 256
"""Steps that may wait; of more, the oldest are forgotten."""
IDLE = 4408
"""Close code of a session that said nothing for too long."""


class Session:
    """Two coroutines: one listens, one trains slice by slice; they meet in the fields of this record."""

    def __init__(
        self, socket: WebSocket, compute: Compute, settings: Settings, playing: Callable[[], int]
    ) -> None:
        self._socket = socket
        self._compute = compute
        self._settings = settings
        self._others = playing
        self._changed = asyncio.Event()
        self._out = Outbox(socket, self._now)
        self._pace = Pace()
        self._wish: Configure | None = None
        self._rewinding = False
        self._opened: Opened | None = None
        self._state = b""
        self._step = 0
        self._parts = NO_PARTS
        self._watching = False
        self._finished: dict[str, Any] | None = None
        # steps asked for, each shown by a frame of its own
        self._steps: deque[Step] = deque(maxlen=MOST_STEPS)
        # counts changes that make a running slice's result worthless
        self._era = 0
        self.playing = False

    async def run(self) -> None:
        """Serve until the client goes, says nothing for too long, or the server stops."""
        try:
            async with asyncio.TaskGroup() as group:
                training = group.create_task(self._train())
                await self._listen()
                training.cancel()
        except* WebSocketDisconnect:
            # it went while something was being said to it
            pass

    # -- listening ---------------------------------------------------------------------------

    async def _listen(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._settings.idle_seconds):
                    event = await self._socket.receive()
            except TimeoutError:
                await self._out.say_problem(
                    ProblemError(408, "idle", "the session said nothing for too long")
                )
                await self._socket.close(IDLE)
                return
            if event["type"] == "websocket.disconnect":
                return
            try:
                text = event.get("text")
                if text is None:
                    raise ProblemError(422, "not_text", "a binary message; a client sends JSON text")
                await self._obey(read(text, self._settings.training_body))
            except (ProblemError, ValidationError) as error:
                await self._out.say_problem(error)
            self._changed.set()

    async def _obey(self, message: Message) -> None:
        if isinstance(message, Configure):
            self._wish = message
            self._era += 1
            return
        if self._opened is None and self._wish is None:
            raise ProblemError(
                422,
                "not_configured",
                f"`{message.type}` came before `configure`",
                hint="send `configure` first",
                parameters={"type": message.type},
            )
        match message:
            case Play():
                await self._play(True)
            case Pause():
                await self._play(False)
            case Step():
                self.playing = False
                self._steps.append(message)
                await self._say_status()
            case Rewind(step=0):
                self._rewinding = True
                self._era += 1
            case Rewind():
                raise ProblemError(
                    422,
                    "not_available",
                    "only a rewind to step 0 is available yet",
                    parameters={"field": "step"},
                )
            case Speed():
                self._pace.set_speed(message.updates_per_second)
            case Watch():
                self._parts = read_parts(message, None if self._wish else self._opened)
                self._watching = True
            case Drawn():
                await self._out.drawn(message.step)

    async def _play(self, playing: bool) -> None:
        self._steps.clear()
        if playing and not self.playing:
            self._pace.restart()
        self.playing = playing
        await self._say_status()

    # -- training ----------------------------------------------------------------------------

    async def _train(self) -> None:
        while True:
            self._changed.clear()
            wait = self._wait()
            if wait == 0:
                await self._next()
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._changed.wait()

    def _wait(self) -> float | None:
        """Seconds until there is something to do; None for nothing before a message comes."""
        if self._wish is not None:
            return 0
        if self._opened is None:
            return None
        if self._rewinding or self._watching or self._steps:
            return 0
        if not self.playing or self._out.unseen(self._settings.unseen_seconds):
            return None
        return self._pace.wait(FRAME)

    async def _next(self) -> None:
        """Do the most urgent thing; a mistake in it is told, and the session lives on.

        What was refused leaves a running training as it was; a training that fails is paused.
        """
        refused_only = self._wish is not None and self._opened is not None
        try:
            if self._wish is not None:
                await self._configure(self._wish)
            elif self._rewinding:
                await self._rewind()
            elif self._watching:
                await self._look()
            else:
                await self._slice()
        except WebSocketDisconnect:
            raise
        except Exception as error:
            if not isinstance(error, EngineError | ProblemError):
                logger.exception("unexpected failure in a live session")
            self._rewinding = self._watching = False
            self._steps.clear()
            await self._out.say_problem(error)
            if self.playing and not refused_only:
                await self._play(False)

    async def _configure(self, wish: Configure) -> None:
        kept = self._state if self._opened is not None and not wish.restart else None
        try:
            opened = await self._compute.run(
                open_training, wish.spec.model_dump(), wish.state, kept, self._parts
            )
        finally:
            # a newer wish may have come meanwhile: that one stays
            if self._wish is wish:
                self._wish = None
        if self._wish is not None:
            return
        self._opened = opened
        self._state = opened.first.state
        self._out.start_over()
        await self._out.say("ready", **opened.ready)
        await self._show(opened.first)

    async def _rewind(self) -> None:
        assert self._opened is not None
        self._rewinding = False
        era = self._era
        result = await self._compute.run(rewind_training, self._opened.spec, self._parts)
        # a configure that came meanwhile starts from the rewound state
        self._state = result.state
        if era == self._era:
            self._pace.restart()
            self._out.start_over()
            await self._show(result)

    async def _look(self) -> None:
        """Show the present state anew, with the parts that are watched now."""
        assert self._opened is not None
        self._watching = False
        era = self._era
        result = await self._compute.run_pure(train, self._opened.spec, self._state, 0, False, self._parts)
        if era == self._era:
            result.frame["finished"] = self._finished
            await self._show(result)

    async def _slice(self) -> None:
        assert self._opened is not None
        era, step = self._era, self._steps[0] if self._steps else None
        target = slice_seconds(
            self._settings.slice_seconds, self._settings.frame_seconds, self._others(), self._compute.workers
        )
        updates = 1 if step is not None and step.unit == "update" else self._pace.updates()
        to_epoch = step is not None and step.unit == "epoch"
        # a slice is a pure function of its state
        result = await self._compute.run_pure(
            train, self._opened.spec, self._state, updates, to_epoch, self._parts
        )
        if era != self._era:
            return
        self._state = result.state
        self._pace.done(result.updates, result.seconds, target)
        # the steps may have been called off meanwhile
        if self._steps and self._steps[0] is step and (not to_epoch or result.epoch_ended):
            self._steps.popleft()
        if result.stopped is not None:
            result.frame["finished"] = describe(result.stopped)
        await self._show(result)
        if result.over:
            await self._play(False)

    # -- speaking ----------------------------------------------------------------------------

    async def _show(self, result: Slice) -> None:
        self._step = result.step
        self._finished = result.frame["finished"]
        await self._out.offer({**result.frame, "state": result.state})

    def _now(self) -> dict[str, Any]:
        """What a frame says of the moment it leaves."""
        return {"playing": self.playing, "updates_per_second": self._pace.rate}

    async def _say_status(self) -> None:
        await self._out.say("status", playing=self.playing, step=self._step)
