"""One client's training: what it wishes, the slice that runs, the frame on its way."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.compute import Compute
from app.encoding import to_entries
from app.live.handover import Handover
from app.live.history import Entry, History
from app.live.listening import listen
from app.live.messages import Message
from app.live.outbox import Outbox
from app.live.runner import Runner
from app.live.watching import read_parts
from app.live.wishes import Change, Steps, Wishes
from app.problems import ProblemError, describe
from app.schemas.live import (
    AskState,
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
from app.settings import Settings
from app.slices import Opened, Slice
from engine.errors import EngineError
from engine.learning import TrainingSpec

logger = logging.getLogger("chainrule")


class Session:
    """Two coroutines: one listens, one trains slice by slice; they meet in the fields of this record."""

    def __init__(
        self,
        socket: WebSocket,
        compute: Compute,
        settings: Settings,
        playing: Callable[[], int],
        room: Callable[[], float],
    ) -> None:
        self._socket = socket
        self._compute = compute
        self._settings = settings
        self._runner = Runner(compute, settings, playing)
        self._changed = asyncio.Event()
        self._out = Outbox(socket, self._now)
        self._handover = Handover()
        self._wishes = Wishes()
        self.history = History(room, settings.history_states)
        self._opened: Opened | None = None
        self._state = b""
        self._step = 0
        self._finished: dict[str, Any] | None = None
        # a frame of the present state is owed
        self._look = False

    @property
    def playing(self) -> bool:
        """Whether it trains as long as nothing else is wished for."""
        return self._wishes.playing

    @property
    def _spec(self) -> TrainingSpec:
        assert self._opened is not None
        return self._opened.spec

    async def run(self) -> None:
        """Serve until the client goes, says nothing for too long, or the server stops."""
        try:
            async with asyncio.TaskGroup() as group:
                training = group.create_task(self._train())
                await listen(self._socket, self._settings, self._compute, self._out, self._hear)
                training.cancel()
        except* WebSocketDisconnect:
            # it went while something was being said to it
            pass

    async def part(self) -> None:
        """Hand over the state reached: the server stops, and the client goes on with another."""
        if self._handover.owed(self._state):
            with suppress(WebSocketDisconnect):
                await self._tell_state(self._step, self._state, asked=False)

    # -- listening ---------------------------------------------------------------------------

    async def _hear(self, message: Message) -> None:
        """Do at once what takes no computing, note the rest; a mistake is told, and the session lives on."""
        try:
            await self._obey(message)
        except (ProblemError, ValidationError) as error:
            await self._out.say_problem(error)
        self._changed.set()

    async def _obey(self, message: Message) -> None:
        if not self._wishes.configures:
            self._require_configured(message)
        match message:
            case Play():
                await self._play(True)
            case Pause():
                await self._play(False)
            case Step():
                self._wishes.add_step(message)
                await self._say_status()
            case Rewind():
                if not self._wishes.configures:
                    self.history.require(message.step)
                self._wishes.change(message)
            case Configure() | Edit():
                self._wishes.change(message)
            case Speed():
                self._runner.pace.set_speed(message.updates_per_second)
            case Watch():
                self._runner.parts = read_parts(message, self._views())
                self._look = True
            case Drawn() | AskState() | Taken():
                await self._serve_what_is_shown(message)

    async def _serve_what_is_shown(self, message: Drawn | AskState | Taken) -> None:
        match message:
            case Drawn():
                await self._out.drawn(message.step)
            case Taken():
                self._handover.taken(message.step)
            case AskState():
                shown = None if message.step is None else self._out.state_shown(message.step)
                await self._tell_state(*(shown or (self._step, self._state)), asked=True)

    def _require_configured(self, message: Message) -> None:
        if self._opened is None and not isinstance(message, Configure):
            raise ProblemError(
                422,
                "not_configured",
                f"`{message.type}` came before `configure`",
                hint="send `configure` first",
                parameters={"type": message.type},
            )

    def _views(self) -> dict[str, int] | None:
        """The layers that can be watched; None where they are about to change or not known yet."""
        return None if self._wishes.configures or self._opened is None else self._opened.views

    async def _play(self, playing: bool) -> None:
        self._wishes.call_off_steps()
        if playing and not self.playing:
            self._runner.pace.restart()
        self._wishes.playing = playing
        await self._say_status()

    # -- training ----------------------------------------------------------------------------

    async def _train(self) -> None:
        while True:
            self._changed.clear()
            wait = self._wait()
            handover = self._handover.wait(self._state, under_way=self.playing or bool(self._wishes))
            if handover == 0:
                self._handover.leave(self._step, self._state)
                await self._tell_state(self._step, self._state, asked=False)
            elif wait == 0:
                await self._next()
            else:
                soonest = min((seconds for seconds in (wait, handover) if seconds is not None), default=None)
                with suppress(TimeoutError):
                    async with asyncio.timeout(soonest):
                        await self._changed.wait()

    def _wait(self) -> float | None:
        """Seconds until there is something to do; None for nothing before a message comes."""
        if self._wishes or self._look:
            return 0
        if not self.playing or self._out.unseen(self._settings.unseen_seconds):
            return None
        return self._runner.wait()

    async def _next(self) -> None:
        """Do the most urgent thing; a mistake in it is told, and the session lives on.

        A change that is refused leaves a running training as it was; a training that fails is paused.
        """
        change = self._wishes.take()
        try:
            if change is not None:
                await self._change(change)
            elif self._look:
                self._look = False
                await self._show(await self._slice(0))
            elif (step := self._wishes.step) is not None:
                await self._make(step)
            else:
                await self._arrive(await self._slice(self._runner.pace.updates()))
        except WebSocketDisconnect:
            raise
        except Exception as error:
            if not isinstance(error, EngineError | ProblemError):
                logger.exception("unexpected failure in a live session")
            await self._out.say_problem(error)
            self._wishes.done()
            # what was asked for after another configure waits for that one
            if change is None or (self._opened is None and not self._wishes.configures):
                self._look = False
                self._wishes.call_off_steps()
                if self.playing:
                    await self._play(False)
        finally:
            self._wishes.done()

    async def _change(self, change: Change) -> None:
        # the configure it waited for may have been refused
        self._require_configured(change)
        match change:
            case Configure():
                await self._configure(change)
            case Rewind():
                await self._rewind(change.step)
            case Edit():
                edited = await self._runner.edit(self._spec, self._state, change)
                self.history.change(self._spec, edited.state)
                await self._arrive(edited)

    async def _configure(self, wish: Configure) -> None:
        kept = self._state if self._opened is not None and not wish.restart else None
        opened = await self._runner.open(wish, kept)
        first = opened.first
        if wish.state is not None or kept is None:
            self.history.begin(opened.spec, None if wish.state is None else first.state, first.step)
        elif (opened.spec, first.state) != (self._spec, kept):
            self.history.change(opened.spec, first.state)
        self._opened = opened
        self._state, self._step = first.state, first.step
        self._out.start_over()
        await self._out.say("ready", **opened.ready, earliest=self.history.earliest)
        await self._arrive(first)

    async def _rewind(self, step: int) -> None:
        """Replay from the nearest state that is kept, unless the run is to be elsewhere soon."""
        spec = self._spec
        entry = self.history.nearest(step, spec)
        arrived = await self._runner.replay(entry, step, spec, lambda: self._wishes.away)
        if arrived is None:
            return
        departure = Entry(spec, arrived.shown.state, step, changed=True) if arrived.carried else None
        self.history.visit(Entry(entry.spec, arrived.passed, step), departure)
        self._runner.pace.restart()
        await self._arrive(arrived.shown)

    async def _make(self, step: Steps) -> None:
        """A slice of a step that was asked for; of many updates, only where they end is shown."""
        fitting = self._runner.pace.fitting
        if step.unit == "epoch":
            result = await self._slice(fitting, to_epoch_end=True)
            self._wishes.made(step, result.epoch_ended)
        elif step.left > fitting:
            await self._pass(step, fitting)
            return
        else:
            result = await self._slice(step.left)
            self._wishes.made(step, step.left)
        await self._arrive(result)

    async def _pass(self, step: Steps, updates: int) -> None:
        """A part of a step that is shown only if nothing follows."""
        reached = await self._runner.reach(self._spec, self._state, updates)
        self._state, self._step = reached.state, reached.step
        self.history.train(reached.state, reached.step)
        self._wishes.made(step, updates)
        if reached.updates < updates:
            # the training cannot go on: the next update says why
            self._wishes.made(step, step.left)
            await self._arrive(await self._slice(1))
        elif self._wishes.step is not step:
            # it was called off
            self._look = True

    async def _slice(self, updates: int, *, to_epoch_end: bool = False) -> Slice:
        result = await self._runner.slice(self._spec, self._state, updates, to_epoch_end=to_epoch_end)
        self.history.train(result.state, result.step)
        return result

    # -- speaking ----------------------------------------------------------------------------

    async def _arrive(self, result: Slice) -> None:
        """Be where a slice or a change led, and show it; pause where the training cannot go on."""
        self._state, self._step = result.state, result.step
        self._finished = None if result.stopped is None else describe(result.stopped)
        await self._show(result)
        if result.over and (self.playing or self._wishes.step is not None):
            await self._play(False)

    async def _show(self, result: Slice) -> None:
        known_here = to_entries({"finished": self._finished})
        await self._out.offer(result.step, result.state, result.frame, known_here)

    def _now(self) -> dict[str, Any]:
        """What a frame says of the moment it leaves."""
        return {
            "playing": self.playing,
            "updates_per_second": self._runner.pace.rate,
            "earliest": self.history.earliest,
        }

    async def _tell_state(self, step: int, state: bytes, *, asked: bool) -> None:
        await self._out.say("state", step=step, asked=asked, state=state)

    async def _say_status(self) -> None:
        await self._out.say("status", playing=self.playing, step=self._step)
