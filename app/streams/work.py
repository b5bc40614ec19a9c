"""What a stream asks of a worker: a training begun, its points, a slice of it with its frame in JSON."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.data import read_data
from app.encoding import to_json, to_msgpack
from app.specs import data_facts, network_facts, read_spec
from app.states import decode, fingerprint, read_state
from engine.errors import TrainingError
from engine.learning import (
    NO_PARTS,
    Frame,
    Parts,
    TrainingSpec,
    TrainingState,
    carry_over,
    layer_units,
    network,
    run_slice,
    start,
    write_program,
)
from engine.learning.features import count_columns


@dataclass(frozen=True, slots=True)
class Shown:
    """What frames hold."""

    boundary: bool
    state: bool
    parts: Parts = NO_PARTS


@dataclass(frozen=True, slots=True)
class Beginning:
    """A training asked for: the fields of its settings, and the state in base64 that it goes on from."""

    asked: Mapping[str, Any]
    state: str | None
    carry_over: bool
    shown: Shown


@dataclass(frozen=True, slots=True)
class Point:
    """A training as it stands. `frame` is in JSON, its `finished` left out; None where not asked for.

    `finished` says why the training cannot go on, None as long as it can; `over` also where its
    condition to stop is met.
    """

    state: bytes
    step: int
    seconds: float
    measured: dict[str, Any]
    frame: bytes | None
    finished: TrainingError | None
    over: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A training that may go on: its spec checked, the facts of its network, where it stands.

    `views` gives the number of units of every layer whose space can be shown.
    """

    spec: TrainingSpec
    network: dict[str, Any]
    views: dict[str, int]
    first: Point


def begin(beginning: Beginning) -> Begun:
    """Check the settings and find the state to start from; raises EngineError for what cannot be."""
    spec = _spec(beginning.asked)
    if beginning.state is None:
        state = start(spec)
    else:
        state = read_state(decode(beginning.state))
        if beginning.carry_over:
            state = carry_over(spec, state)
    reached = run_slice(spec, state, 0, beginning.shown.parts)
    return Begun(
        spec, network_facts(spec), layer_units(network(spec)), _point(*reached, beginning.shown, 0.0)
    )


def points(spec: TrainingSpec) -> bytes:
    """The points of a training and what they are, as JSON."""
    return to_json(data_facts(spec))


def advance(spec: TrainingSpec, state: bytes, updates: int, shown: Shown, last: bool) -> Point:
    """So many updates, fewer where the training ends; a frame of the `last` slice before one is due."""
    begun = time.perf_counter()
    after, frame = run_slice(spec, read_state(state), updates, shown.parts)
    seconds = time.perf_counter() - begun
    return _point(after, frame, shown if last or _over(frame) else None, seconds)


def _spec(asked: Mapping[str, Any]) -> TrainingSpec:
    """The spec of settings whose program the layer builder may have to write."""
    if asked["network"] is None:
        return read_spec(asked)
    layers = dict(asked["network"])
    data = read_data(asked["data"])
    if layers["features"] is None:
        layers["features"] = count_columns(data, asked["features"])
    if layers["classes"] is None:
        layers["classes"] = data.classes if data.kind == "classes" else 1
    return read_spec({**asked, "program": write_program(**layers)})


def _over(frame: Frame) -> bool:
    return frame.finished is not None or frame.stopped is not None


def _point(state: TrainingState, frame: Frame, shown: Shown | None, seconds: float) -> Point:
    packed, plain = to_msgpack(state.to_plain()), frame.to_plain()
    names = ("step", "epoch", "losses", "accuracy", "learning_rate", "stopped")
    return Point(
        state=packed,
        step=state.step,
        seconds=seconds,
        measured={name: plain[name] for name in names},
        frame=None if shown is None else _written(plain, packed, shown),
        finished=frame.finished,
        over=_over(frame),
    )


def _written(plain: dict[str, object], state: bytes, shown: Shown) -> bytes:
    if not shown.boundary:
        plain = plain | {"boundary": None}
    told = {"fingerprint": fingerprint(state), "state": state if shown.state else None}
    return to_json(plain | told)
