"""What a frame may show beyond what every frame does: each part only for those who ask."""

from dataclasses import dataclass

from engine.learning.checks import number, whole
from engine.learning.datasets.own import FARTHEST


@dataclass(frozen=True, slots=True)
class HiddenView:
    """The positions of points in a layer: by two of its units, counted from 0, or by what varies most.

    `layer` is a hidden layer, `X` or `scores`; of a program without such a layer nothing is shown.
    """

    layer: str
    units: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        for unit in self.units or ():
            whole("unit", unit, 0)


@dataclass(frozen=True, slots=True)
class Parts:
    """Which optional parts a frame has.

    `units` are maps of all units, `values` all parameters and gradients, `hidden` a warped space,
    `chosen` the class the network takes each point for, `place` what it answers at one (x, y).
    Raises InputError for a place more than a million away.
    """

    units: bool = False
    values: bool = False
    hidden: HiddenView | None = None
    chosen: bool = False
    place: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        for coordinate in self.place or ():
            number("place", coordinate, -FARTHEST, FARTHEST)


NO_PARTS = Parts()
"""What every frame shows and nothing more."""
