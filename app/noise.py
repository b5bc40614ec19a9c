"""Gradient noise against its cost, measured in a worker."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.encoding import scalar, to_json
from app.specs import read_spec, starting_point
from engine.learning.noise import check_work, compare, default_sizes, drawn_gradients, full_gradient


@dataclass(frozen=True, slots=True)
class NoiseTask:
    """Which minibatch sizes, at which state; the engine checks them."""

    spec: Mapping[str, Any]
    state: str | None
    sizes: tuple[int, ...] | None
    draws: int


def measure_noise(task: NoiseTask) -> bytes:
    """A row for each size, and the norm of the full gradient, as JSON."""
    spec = read_spec(task.spec)
    sizes = default_sizes(spec) if task.sizes is None else task.sizes
    check_work(spec, sizes, task.draws)
    state = starting_point(spec, task.state)
    full = full_gradient(spec, state)
    rows: list[dict[str, Any]] = []
    for size in sizes:
        seconds: list[float] = []
        noise = compare(full, _timed(drawn_gradients(spec, state, size, task.draws), seconds), size)
        rows.append(
            {
                "size": noise.size,
                "draws": noise.draws,
                "error": scalar(noise.error),
                "cosine": scalar(noise.cosine),
                "seconds": median(seconds),
            }
        )
    points = default_sizes(spec)[-1]
    return to_json({"points": points, "norm": scalar(float(np.linalg.norm(full))), "rows": rows})


def _timed(gradients: Iterator[NDArray[np.float64]], seconds: list[float]) -> Iterator[NDArray[np.float64]]:
    """The same gradients, noting how long each took to be drawn and computed."""
    while True:
        begun = time.perf_counter()
        gradient = next(gradients, None)
        if gradient is None:
            return
        seconds.append(time.perf_counter() - begun)
        yield gradient
