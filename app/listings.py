"""Listings run in a worker: a range of steps, each with the names it assigned.

The answer depends on the request alone. A worker remembers where it has been, so that the next range
goes on from there instead of from the first line.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from app.encoding import Plain, preview, scalar, statistics, to_json
from app.settings import MIB
from engine import build
from engine.errors import InputError, LimitError
from engine.learning.listings import LISTINGS, Run

MOST_STEPS = 128
"""Steps that one answer may hold."""
REMEMBERED_BYTES = 64 * MIB
"""What the arrays of all places remembered may take."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ListingTask:
    """Which steps of which run: `first`, and every `stride` after it, `count` of them."""

    name: str
    values: Mapping[str, int | float]
    first: int
    count: int
    stride: int
    losses_from: int


class Places:
    """Runs where they stood last; the one used longest ago is forgotten first."""

    def __init__(self, room: int = REMEMBERED_BYTES) -> None:
        self._room = room
        self._runs: OrderedDict[Key, Run] = OrderedDict()

    def before(self, key: Key, step: int) -> Run | None:
        """A copy of the last one at or before a step, None where there is none."""
        steps = [run.step for place, run in self._runs.items() if place[:-1] == key and run.step <= step]
        if not steps:
            return None
        at = (*key, max(steps))
        self._runs.move_to_end(at)
        return self._runs[at].copy()

    def add(self, key: Key, run: Run) -> None:
        """Remember where a run stands."""
        self._runs[(*key, run.step)] = run
        self._runs.move_to_end((*key, run.step))
        while sum(one.bytes for one in self._runs.values()) > self._room:
            self._runs.popitem(last=False)


_places = Places()


def run_listing(task: ListingTask) -> bytes:
    """The steps asked for, as JSON."""
    listing = LISTINGS[task.name]
    values = listing.checked(task.values)
    key = (task.name, *values.items())
    # what the first step assigned is told too, so the run comes from the step before it
    earlier = max(0, task.first - task.stride)
    run = _places.before(key, earlier) or listing.start(values)
    if task.first > run.steps:
        raise InputError(
            "bad_step",
            f"the listing has {run.steps:,} steps, and step {task.first:,} is beyond them",
            hint="ask for an earlier one",
            parameters={"steps": run.steps, "first": task.first},
        )
    _advance(run, earlier)
    names = [_variable(name, value) for name, value in run.names().items()]
    last = min(task.first + (task.count - 1) * task.stride, run.steps)
    taken = [_step(run, _advance(run, step)) for step in range(task.first, last + 1, task.stride)]
    _places.add(key, run)
    loop = run.program.loop
    return to_json(
        {
            "name": listing.name,
            "source": run.program.text,
            "values": values,
            "steps": run.steps,
            "loop": loop
            and {"first": run.before, "length": loop.length, "times": run.times, "line": loop.line},
            "names": names,
            "taken": taken,
            "losses_from": task.losses_from,
            "losses": [scalar(loss) for loss in run.losses[task.losses_from :]],
            "graph": _graph(listing.name, tuple(values.items())),
        }
    )


def _advance(run: Run, step: int) -> tuple[str, ...]:
    """Run on to a step; answers the names assigned on the way, each once."""
    assigned: dict[str, None] = {}
    while run.step < step:
        assigned.update(dict.fromkeys(run.advance()))
    return tuple(assigned)


def _step(run: Run, assigned: tuple[str, ...]) -> Plain:
    names = run.names()
    return {
        "step": run.step,
        "line": run.line(run.step),
        "iteration": run.iteration(run.step),
        "assigned": [_variable(name, names[name]) for name in assigned],
    }


def _variable(name: str, value: object) -> Plain:
    """A name with what it holds: a number whole, an array in few blocks."""
    shown: dict[str, Any] = {
        "name": name,
        "dtype": type(value).__name__,
        "shape": None,
        "value": None,
        "statistics": None,
        "preview": None,
    }
    if isinstance(value, np.ndarray):
        array = cast("NDArray[np.float64]", value)
        blocks = preview(array)
        shown |= {
            "dtype": str(array.dtype),
            "shape": list(array.shape),
            "statistics": statistics(array),
            "preview": {
                "rows": blocks.shape[0],
                "columns": blocks.shape[1],
                "values": blocks.astype(np.float32).tobytes(),
            },
        }
    elif isinstance(value, int | float):
        shown["value"] = scalar(value)
    return shown


@lru_cache(maxsize=64)
def _graph(name: str, values: tuple[tuple[str, int | float], ...]) -> Plain:
    """The same net as a program, and why it cannot be opened where it is too large for a trace."""
    listing = LISTINGS[name]
    run = listing.start(dict(values))
    _advance(run, run.before)
    shapes = {
        name: cast("NDArray[np.float64]", value).shape
        for name, value in run.names().items()
        if isinstance(value, np.ndarray)
    }
    source = listing.as_graph(run.program, shapes)
    try:
        graph = build(source)
    except LimitError as error:
        return {"source": source, "shape": None, "refused": error.detail}
    return {"source": source, "shape": list(graph.output.shape), "refused": None}


def described() -> list[Plain]:
    """What there is to choose from."""
    return [
        {
            "name": listing.name,
            "title": listing.title,
            "doc": listing.doc,
            "source": listing.text,
            "settings": [
                {
                    "name": setting.name,
                    "doc": setting.doc,
                    "low": setting.low,
                    "high": setting.high,
                    "whole": setting.whole,
                    "value": listing.defaults()[setting.name],
                }
                for setting in listing.settings
            ],
        }
        for listing in LISTINGS.values()
    ]
