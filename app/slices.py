"""What a live session asks of a worker: a training opened, set back, carried on by a slice.

A state travels as the bytes of its MessagePack form, whether it comes from here or from a client.
"""

import base64
import binascii
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import from_msgpack, to_msgpack
from engine.errors import InputError, TrainingError
from engine.learning import (
    EXTENT,
    Data,
    DataSpec,
    Frame,
    OptimizerSpec,
    TrainingSpec,
    TrainingState,
    carry_over,
    frame,
    run_slice,
    sample,
    start,
    updates_to_epoch_end,
)


@dataclass(frozen=True, slots=True)
class Slice:
    """A state, the frame that shows it, and what it took to get there.

    `stopped` says why the training cannot go on from here, None as long as it can.
    """

    state: bytes
    step: int
    frame: dict[str, Any]
    updates: int
    seconds: float
    epoch_ended: bool
    stopped: TrainingError | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A training that may begin: its spec checked, what the client is told of it, its first frame."""

    spec: TrainingSpec
    ready: dict[str, Any]
    first: Slice


def open_training(asked: Mapping[str, Any], handed_in: str | None, kept: bytes | None) -> Opened:
    """Check a spec and find the state to start from.

    That is the one a client handed in, in base64, else the one kept from before the change, else a
    fresh one. Raises EngineError for a spec or a state that cannot be.
    """
    spec = TrainingSpec(
        program=asked["program"],
        data=DataSpec(**asked["data"]),
        optimizer=OptimizerSpec(**asked["optimizer"]),
        batch_size=asked["batch_size"],
        seed=asked["seed"],
    )
    before = kept if handed_in is None else _decode(handed_in)
    state = start(spec) if before is None else carry_over(spec, read_state(before))
    return Opened(spec, _ready(spec, state), _slice(state, frame(spec, state)))


def rewind_training(spec: TrainingSpec) -> Slice:
    """The very same start."""
    state = start(spec)
    return _slice(state, frame(spec, state))


def train(spec: TrainingSpec, state: bytes, updates: int, to_epoch_end: bool) -> Slice:
    """So many updates, or fewer when the epoch is to end the slice."""
    before = read_state(state)
    if to_epoch_end:
        updates = min(updates, updates_to_epoch_end(spec, before))
    begun = time.perf_counter()
    after, shown = run_slice(spec, before, updates)
    return _slice(after, shown, before, time.perf_counter() - begun)


def _slice(
    state: TrainingState, shown: Frame, before: TrainingState | None = None, seconds: float = 0.0
) -> Slice:
    before = before or state
    return Slice(
        state=to_msgpack(state.to_plain()),
        step=state.step,
        frame={**shown.to_plain(), "finished": None},
        updates=state.step - before.step,
        seconds=seconds,
        epoch_ended=state.epoch > before.epoch,
        stopped=shown.finished,
    )


# a session's slices come one after another, often to the same worker
@lru_cache(maxsize=8)
def read_state(content: bytes) -> TrainingState:
    """The state that bytes stand for; nothing in them is trusted.

    Raises InputError for anything that is not a state.
    """
    try:
        plain = from_msgpack(content)
    except ValueError as error:
        raise _unreadable("MessagePack") from error
    return TrainingState.from_plain(plain)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _unreadable("base64") from error


def _unreadable(what: str) -> InputError:
    return InputError(
        "bad_state",
        f"this training state is not {what}",
        hint="start the training again, or hand back a state exactly as it was given",
        parameters={"wanted": what},
    )


def _ready(spec: TrainingSpec, state: TrainingState) -> dict[str, Any]:
    data: Data = sample(spec.data)
    return {
        "points": {
            "train": _points(data.X_train, data.y_train),
            "validation": _points(data.X_validation, data.y_validation),
        },
        "classes": spec.data.classes,
        "extent": EXTENT,
        "parameters": sum(prod(array.shape) for array in state.parameters.values()),
    }


def _points(X: NDArray[np.float32], y: NDArray[np.int64]) -> dict[str, bytes]:
    return {
        "x": X[:, 0].astype("<f4").tobytes(),
        "y": X[:, 1].astype("<f4").tobytes(),
        "label": y.astype(np.uint8).tobytes(),
    }
