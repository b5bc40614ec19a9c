"""How the learning rate changes while training goes on: one record per schedule.

PyTorch's schedulers (`torch.optim.lr_scheduler`), stepped after every update. Lengths are given
in epochs, so that a schedule keeps its shape when the batch size changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, pi
from types import MappingProxyType

from engine.learning.checks import number, one_of

SHORTEST = 0.01
LONGEST = 1e6
"""Range of a schedule's length, in epochs."""


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """Which schedule, and its numbers; a schedule ignores the numbers it has no use for.

    `epochs` is how long a step lasts, an exponential takes to fall to `gamma`, 1/t to fall to a half
    and the cosine to fall to `floor`, a share of the learning rate. `warmup` comes before, in epochs.
    Raises InputError for an unknown name or a number outside its range.
    """

    name: str = "constant"
    epochs: float = 100.0
    gamma: float = 0.5
    floor: float = 0.0
    warmup: float = 0.0

    def __post_init__(self) -> None:
        one_of("schedule", self.name, SCHEDULES)
        number("epochs", self.epochs, SHORTEST, LONGEST)
        number("gamma", self.gamma, 0, 1)
        number("floor", self.floor, 0, 1)
        number("warmup", self.warmup, 0, LONGEST)


Share = Callable[[int, int, ScheduleSpec], float]
"""share(update, length, spec): the part of the learning rate left after so many updates."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule: what it does, and the numbers it makes use of."""

    name: str
    title: str
    doc: str
    latex: str
    source: str
    numbers: tuple[str, ...]
    share: Share


def rate(spec: ScheduleSpec, learning_rate: float, update: int, updates_per_epoch: int) -> float:
    """The learning rate of the update that comes after so many others.

    During the n updates of a warmup, rate = learning_rate * (update + 1) / (n + 1); from then on
    the schedule counts. Source of the warmup: Goyal et al. (2017).
    """
    warmup = round(spec.warmup * updates_per_epoch)
    if update < warmup:
        return learning_rate * (update + 1) / (warmup + 1)
    length = max(1, round(spec.epochs * updates_per_epoch))
    return learning_rate * SCHEDULES[spec.name].share(update - warmup, length, spec)


def _cosine(update: int, length: int, spec: ScheduleSpec) -> float:
    """Half a period of a cosine; at its end the rate stays."""
    return spec.floor + (1 - spec.floor) * (1 + cos(pi * min(update / length, 1))) / 2


SCHEDULES: Mapping[str, Schedule] = MappingProxyType(
    {
        schedule.name: schedule
        for schedule in (
            Schedule(
                name="constant",
                title="Constant",
                doc="The same rate from beginning to end.",
                latex=r"\eta_t = \eta_0",
                source="Robbins & Monro (1951)",
                numbers=(),
                share=lambda _update, _length, _spec: 1.0,
            ),
            Schedule(
                name="step",
                title="Step",
                doc="The rate drops to a fixed share of itself every so many epochs.",
                latex=r"\eta_t = \eta_0 \gamma^{\lfloor t / T \rfloor}",
                source="CS231n notes; torch StepLR",
                numbers=("epochs", "gamma"),
                share=lambda update, length, spec: spec.gamma ** (update // length),
            ),
            Schedule(
                name="exponential",
                title="Exponential",
                doc="The rate falls by the same share with every update.",
                latex=r"\eta_t = \eta_0 \gamma^{t / T}",
                source="CS231n notes; torch ExponentialLR",
                numbers=("epochs", "gamma"),
                share=lambda update, length, spec: spec.gamma ** (update / length),
            ),
            Schedule(
                name="cosine",
                title="Cosine",
                doc="The rate falls slowly, then fast, then slowly, and stays at the end.",
                latex=r"\eta_t = \eta_{min} + \tfrac{1}{2} (\eta_0 - \eta_{min}) (1 + \cos(\pi t / T))",
                source="Loshchilov & Hutter (2017); torch CosineAnnealingLR",
                numbers=("epochs", "floor"),
                share=_cosine,
            ),
            Schedule(
                name="inverse",
                title="1/t",
                doc="The rate falls fast at first and ever more slowly.",
                latex=r"\eta_t = \frac{\eta_0}{1 + t / T}",
                source="Robbins & Monro (1951); CS231n notes",
                numbers=("epochs",),
                share=lambda update, length, _spec: 1 / (1 + update / length),
            ),
        )
    }
)
