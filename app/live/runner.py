"""A session's work in the workers, in slices as long as they may be while others train too."""

from collections.abc import Callable

from app.compute import Compute
from app.live.history import Entry
from app.live.pace import Pace, slice_seconds
from app.schemas.live import Configure, Edit
from app.settings import Settings
from app.slices import (
    Arrived,
    Opened,
    Reached,
    Slice,
    advance_training,
    arrive,
    edit_training,
    open_training,
    train,
)
from engine.learning import NO_PARTS, TrainingSpec

FRAME = 1 / 30
"""Seconds between frames when the speed is limited."""


class Runner:
    """Runs pure tasks, so that one whose worker was lost is run again; frames carry the `parts` watched.

    `playing` tells how many trainings share the workers.
    """

    def __init__(self, compute: Compute, settings: Settings, playing: Callable[[], int]) -> None:
        self._compute = compute
        self._settings = settings
        self._playing = playing
        self.pace = Pace()
        self.parts = NO_PARTS

    def wait(self) -> float:
        """Seconds until the next slice of a run that plays is due, 0 when it is."""
        return self.pace.wait(max(FRAME, self._compute.shortest_slice))

    async def open(self, wish: Configure, kept: bytes | None) -> Opened:
        """Check a spec and find the state to start from; raises EngineError for one that cannot be."""
        asked = wish.spec.model_dump()
        return await self._compute.run_pure(open_training, asked, wish.state, kept, self.parts)

    async def edit(self, spec: TrainingSpec, state: bytes, wish: Edit) -> Slice:
        """Set one number of a state; raises EngineError where there is none such."""
        index = tuple(wish.index)
        return await self._compute.run_pure(
            edit_training, spec, state, wish.parameter, index, wish.value, self.parts
        )

    async def slice(
        self, spec: TrainingSpec, state: bytes, updates: int, *, to_epoch_end: bool = False
    ) -> Slice:
        """So many updates, and the frame of where they led; none to see where the run stands."""
        target = self._target()
        result = await self._compute.run_pure(train, spec, state, updates, to_epoch_end, self.parts)
        if updates > 0:
            self.pace.done(result.updates, result.seconds, target)
        return result

    async def reach(self, spec: TrainingSpec, state: bytes | None, updates: int) -> Reached:
        """So many updates that are shown to nobody."""
        target = self._target()
        reached = await self._compute.run_pure(advance_training, spec, state, updates)
        self.pace.learn(reached.updates, reached.seconds, target)
        return reached

    async def replay(
        self, entry: Entry, step: int, now: TrainingSpec, in_vain: Callable[[], bool]
    ) -> Arrived | None:
        """From what a history keeps to a step; None where it is found to be in vain on the way."""
        state, at = entry.state, entry.step
        while step - at > self.pace.fitting:
            reached = await self.reach(entry.spec, state, self.pace.fitting)
            if in_vain():
                return None
            state, at = reached.state, reached.step
        return await self._compute.run_pure(arrive, entry.spec, state, step - at, now, self.parts)

    def _target(self) -> float:
        """Seconds the next slice may take."""
        settings = self._settings
        return slice_seconds(
            settings.slice_seconds,
            self._compute.shortest_slice,
            settings.frame_seconds,
            self._playing(),
            self._compute.workers,
        )
