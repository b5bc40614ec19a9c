"""How far the gradient of a minibatch strays from that of the full set, whose estimate it is.

error = sqrt(mean_b |g_b - g|^2) / |g|,    cosine = mean_b (g_b . g) / (|g_b| |g|)

A minibatch four times as large is about half as wrong, and costs up to four times as much.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf, nan

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learning.checks import whole
from engine.learning.features import featured
from engine.learning.network import network
from engine.learning.slices import require_fit
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.limits import DEFAULT

SIZES = (32, 64, 128, 256)
"""Minibatch sizes to compare, the lecture's; and the full set."""

PASSES = 3
"""Forward passes that a gradient costs: one there, and about two for the way back."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Of so many minibatches of one size: root mean square distance beside |g|, and mean cosine.

    The error is infinite and the cosine NaN where the full gradient is 0.
    """

    size: int
    draws: int
    error: float
    cosine: float


def default_sizes(spec: TrainingSpec) -> tuple[int, ...]:
    """The lecture's sizes that are smaller than the full set, and the full set."""
    points = len(featured(spec.data, spec.features).y_train)
    return (*[size for size in SIZES if size < points], points)


def gradient_noise(spec: TrainingSpec, state: TrainingState, size: int, draws: int) -> Noise:
    """Measure the gradient noise of a minibatch size at a state, which is left as it was.

    Raises InputError for a size that the data do not have and a state of another run, LimitError for
    more work than is allowed.
    """
    check_work(spec, (size,), draws)
    return compare(full_gradient(spec, state), drawn_gradients(spec, state, size, draws), size)


def check_work(spec: TrainingSpec, sizes: Sequence[int], draws: int) -> None:
    """Raise InputError or LimitError, from sizes alone, unless all these minibatches may be drawn."""
    net, points = network(spec), len(featured(spec.data, spec.features).y_train)
    whole("draws", draws, 1)
    for size in sizes:
        whole("size", size, 1, points)
    DEFAULT.check("noise_gradients", draws * len(sizes))
    work = PASSES * (net.cost(points) + draws * sum(map(net.cost, sizes)))
    DEFAULT.check("noise_operations", work)


def full_gradient(spec: TrainingSpec, state: TrainingState) -> NDArray[np.float64]:
    """The gradient of the loss over all training points, all parameters joined to one vector."""
    points = len(featured(spec.data, spec.features).y_train)
    return _Gradients(spec, state, points).at(slice(None))


def drawn_gradients(
    spec: TrainingSpec, state: TrainingState, size: int, draws: int
) -> Iterator[NDArray[np.float64]]:
    """The gradients of so many minibatches, each of points drawn without replacement.

    They follow from the state's generator and do not disturb it: they are drawn from a stream so far
    ahead of it that training never meets it. All is ready before the first is drawn.
    """
    gradients, generator = _Gradients(spec, state, size), _ahead(state)
    return (gradients.at(generator.choice(gradients.points, size, replace=False)) for _ in range(draws))


def compare(full: NDArray[np.float64], drawn: Iterable[NDArray[np.float64]], size: int) -> Noise:
    """The noise of these gradients about the full one."""
    norm = float(np.linalg.norm(full))
    squares: list[float] = []
    cosines: list[float] = []
    with np.errstate(all="ignore"):
        for gradient in drawn:
            squares.append(float(np.square(gradient - full).sum()))
            size_of_both = norm * float(np.linalg.norm(gradient))
            cosines.append(float(gradient @ full) / size_of_both if size_of_both else nan)
    error = float(np.sqrt(np.mean(squares)))
    return Noise(size, len(squares), error / norm if norm else inf, float(np.mean(cosines)))


class _Gradients:
    """The gradients of minibatches of one size at one state."""

    def __init__(self, spec: TrainingSpec, state: TrainingState, size: int) -> None:
        require_fit(spec, state)
        net, data = network(spec), featured(spec.data, spec.features)
        self._X, self._y = net.points(data.X_train), net.labels(data.y_train)
        self._inputs = {**net.constants, **state.parameters}
        self._plan = net.gradient_plan(size)
        self.points = len(self._y)

    def at(self, points: "NDArray[np.int64] | slice[None, None, None]") -> NDArray[np.float64]:
        """The gradient over these points."""
        inputs = {**self._inputs, "X": self._X[points], "y": self._y[points]}
        with np.errstate(all="ignore"):
            _, gradients = self._plan(inputs)
        return np.concatenate([gradient.ravel() for gradient in gradients]).astype(np.float64)


def _ahead(state: TrainingState) -> Generator:
    """A generator 2^127 draws or so ahead of the state's."""
    bits = state.generator.generator().bit_generator
    assert isinstance(bits, np.random.PCG64)
    return Generator(bits.jumped())
