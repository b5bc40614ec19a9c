"""What a live session asks of a worker: a training opened, carried on, set back, edited.

A state travels as the bytes of its MessagePack form, whether it comes from here or from a client.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.encoding import Entries, to_entries
from app.specs import data_facts, network_facts, read_spec, resumed
from app.states import decode, fingerprint, read_state, write_state
from engine.errors import TrainingError
from engine.learning import (
    NO_PARTS,
    Frame,
    Parts,
    TrainingSpec,
    TrainingState,
    advance,
    carry_over,
    edited,
    layer_units,
    network,
    run_slice,
    start,
    updates_to_epoch_end,
)


@dataclass(frozen=True, slots=True)
class Slice:
    """A state, the frame that shows it, and what it took to get there.

    The frame is packed already, but for what is known only where it is sent from.
    `stopped` says why the training cannot go on from here, None as long as it can; `over` also where
    its condition to stop is met.
    """

    state: bytes
    step: int
    frame: Entries
    updates: int
    seconds: float
    epoch_ended: bool
    stopped: TrainingError | None
    over: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A training that may begin: its spec checked, what the client is told of it, its first frame.

    `views` gives the number of units of every layer whose space can be watched.
    """

    spec: TrainingSpec
    ready: dict[str, Any]
    first: Slice
    views: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reached:
    """A state on the way, shown to nobody."""

    state: bytes
    step: int
    updates: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Arrived:
    """Where a replay led: the state as it was passed then, and what is shown of it now."""

    passed: bytes
    carried: bool
    shown: Slice


def open_training(
    asked: Mapping[str, Any], handed_in: str | None, kept: bytes | None, parts: Parts = NO_PARTS
) -> Opened:
    """Check a spec and find the state to start from.

    That is the one a client handed in, in base64, else the one kept from before the change, else a
    fresh one. Raises EngineError for a spec or a state that cannot be.
    """
    spec = read_spec(asked)
    if handed_in is not None:
        # to go on from there as if nothing had come between
        state = resumed(spec, read_state(decode(handed_in)))
    else:
        state = start(spec) if kept is None else carry_over(spec, read_state(kept))
    ready = data_facts(spec) | network_facts(spec)
    # no update, but a look at whether there is one to be made
    reached, shown = run_slice(spec, state, 0, parts)
    return Opened(spec, ready, _slice(reached, shown), layer_units(network(spec)))


def advance_training(spec: TrainingSpec, state: bytes | None, updates: int) -> Reached:
    """So many updates from a state, or from the spec's own start, with nothing to be shown."""
    before = start(spec) if state is None else read_state(state)
    begun = time.perf_counter()
    after, _, _ = advance(spec, before, updates)
    seconds = time.perf_counter() - begun
    return Reached(write_state(after), after.step, after.step - before.step, seconds)


def arrive(
    then: TrainingSpec, state: bytes | None, updates: int, now: TrainingSpec, parts: Parts = NO_PARTS
) -> Arrived:
    """The end of a replay: so many updates under the spec of then, shown under the one of now.

    Where they differ, the state is carried over, as when the spec was changed.
    """
    before = start(then) if state is None else read_state(state)
    if then == now:
        passed, shown = run_slice(then, before, updates, parts)
        here = passed
    else:
        passed, _, _ = advance(then, before, updates)
        here, shown = run_slice(now, carry_over(now, passed), 0, parts)
    return Arrived(write_state(passed), then != now, _slice(here, shown))


def edit_training(
    spec: TrainingSpec,
    state: bytes,
    parameter: str,
    index: tuple[int, ...],
    value: float,
    parts: Parts = NO_PARTS,
) -> Slice:
    """The state with one number of it set; raises InputError where there is no such number."""
    after, shown = run_slice(spec, edited(read_state(state), parameter, index, value), 0, parts)
    return _slice(after, shown)


def train(
    spec: TrainingSpec, state: bytes, updates: int, to_epoch_end: bool, parts: Parts = NO_PARTS
) -> Slice:
    """So many updates, or fewer when the epoch is to end the slice; none to see the state as it is."""
    begun = time.perf_counter()
    before = read_state(state)
    if to_epoch_end:
        updates = min(updates, updates_to_epoch_end(spec, before))
    after, shown = run_slice(spec, before, updates, parts)
    return _slice(after, shown, before, begun)


def _slice(
    state: TrainingState, shown: Frame, before: TrainingState | None = None, begun: float | None = None
) -> Slice:
    before = before or state
    content = write_state(state)
    packed = to_entries(shown.to_plain() | {"fingerprint": fingerprint(content)})
    return Slice(
        state=content,
        step=state.step,
        frame=packed,
        updates=state.step - before.step,
        seconds=0.0 if begun is None else time.perf_counter() - begun,
        epoch_ended=state.epoch > before.epoch,
        stopped=shown.finished,
        over=shown.finished is not None or shown.stopped is not None,
    )
