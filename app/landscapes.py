"""The loss as a landscape over two directions, in a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.encoding import Plain, nested, scalar, to_json
from app.problems import describe
from app.specs import read_spec
from app.states import decode, read_state
from engine.learning import OptimizerSpec, ScheduleSpec
from engine.learning.landscape import Track, landscape
from engine.learning.paths import Runner


@dataclass(frozen=True, slots=True)
class LandscapeTask:
    """A landscape request; the engine checks what is in it."""

    spec: Mapping[str, Any]
    state: str | None
    optimizers: tuple[Mapping[str, Any], ...]
    updates: int
    every: int
    size: int
    directions: Literal["paths", "random"]
    seed: int
    start: tuple[float, float] | None


def survey(task: LandscapeTask) -> bytes:
    """The answer to a landscape request, as JSON."""
    found = landscape(
        read_spec(task.spec),
        None if task.state is None else read_state(decode(task.state)),
        tuple([_runner(asked) for asked in task.optimizers]),
        task.updates,
        task.every,
        task.size,
        task.directions,
        task.seed,
        task.start,
    )
    return to_json(
        {
            "kind": found.kind,
            "directions": found.directions,
            "origin": found.origin,
            "axes": [{"name": axis.name, "shares": axis.shares} for axis in found.axes],
            "a": nested(found.a),
            "b": nested(found.b),
            "loss": nested(found.loss),
            "start": found.start,
            "start_loss": scalar(found.start_loss),
            "paths": [_path(track) for track in found.tracks],
        }
    )


def _runner(asked: Mapping[str, Any]) -> Runner:
    schedule = asked["schedule"]
    return Runner(
        asked["label"],
        OptimizerSpec(**asked["optimizer"]),
        None if schedule is None else ScheduleSpec(**schedule),
    )


def _path(track: Track) -> dict[str, Plain]:
    return {
        "label": track.label,
        "updates": track.updates,
        "points": nested(track.points),
        "losses": nested(track.losses),
        "shown_share": track.shown_share,
        "stopped_at": track.stopped_at,
        "exit": track.exit,
        "problem": None if track.problem is None else describe(track.problem),
    }
