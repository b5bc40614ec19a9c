"""Programs with two trained numbers, whose loss is a landscape worth walking down."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.learning.datasets import DataSpec
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec
from engine.learning.paths import Runner
from engine.learning.spec import TrainingSpec

PLANE = DataSpec("plane", classes=1, samples=400, noise=0.0)
"""Points over the square and the value (x + y) / 2 of each, which all of these models can reach."""

EVERYTHING = 300
"""The minibatch: all training points, so that a path follows the landscape that is drawn."""


@dataclass(frozen=True, slots=True)
class Valley:
    """One landscape with the optimizers to be sent down it, and for how many updates."""

    name: str
    title: str
    doc: str
    source: str
    spec: TrainingSpec
    runners: tuple[Runner, ...]
    updates: int
    every: int


def _spec(program: str, *features: str) -> TrainingSpec:
    return TrainingSpec(program, PLANE, batch_size=EVERYTHING, features=features)


def _runners(**rates: float) -> tuple[Runner, ...]:
    return tuple([Runner(OPTIMIZERS[name].title, OptimizerSpec(name, rate)) for name, rate in rates.items()])


VALLEYS: Mapping[str, Valley] = MappingProxyType(
    {
        valley.name: valley
        for valley in (
            Valley(
                name="ravine",
                title="A narrow valley",
                doc="Two features that say almost the same: the loss is 50 times as curved across the "
                "valley as along it. SGD bounces from wall to wall, momentum rolls on, Adam turns in early.",
                source="least squares with correlated features; Goodfellow, Bengio & Courville (2016), 8.2",
                spec=_spec(
                    "w = ones(2)\nscores = X @ w\nloss = mse(scores, y)\n",
                    *("x", "x + 0.3*y"),
                ),
                runners=_runners(sgd=1.4, momentum=0.1, rmsprop=0.05, adam=0.1),
                updates=80,
                every=1,
            ),
            Valley(
                name="banana",
                title="A bent valley",
                doc="A model whose second weight is measured from the square of the first: its loss is "
                "Rosenbrock's function, a sixth of (1 - a)^2 + 100 (b - a^2)^2, lowest at (1, 1).",
                source="Rosenbrock (1960), as the squared error of a regression",
                spec=_spec(
                    "a = uniform(low=-1.2, high=-1.2); b = ones()\n"
                    "scores = a * X[:, 0] + 10 * (b - a**2) * X[:, 1]\nloss = mse(scores, y)\n",
                    *("(x + y) / 2", "(x - y) / 2"),
                ),
                runners=_runners(sgd=0.005, momentum=0.005, rmsprop=0.02, adam=0.1),
                updates=600,
                every=4,
            ),
            Valley(
                name="saddle",
                title="A saddle between two valleys",
                doc="Two layers of one unit each: any two weights whose product is 1 are as good as any "
                "other, so the lowest points are two curves. Between them is a saddle, where all slow down.",
                source="Saxe, McClelland & Ganguli (2014), deep linear networks",
                spec=_spec(
                    "w1 = uniform(low=-0.5, high=-0.5); w2 = uniform(low=0.6, high=0.6)\n"
                    "scores = X[:, 0] * w1 * w2\nloss = mse(scores, y)\n",
                    "(x + y) / 2",
                ),
                runners=_runners(sgd=0.5, momentum=0.2, rmsprop=0.03, adam=0.05),
                updates=120,
                every=1,
            ),
        )
    }
)
