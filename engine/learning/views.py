"""What a frame may show beyond what every frame does: each part only for those who ask."""

from dataclasses import dataclass

from engine.learning.checks import whole


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
    """Which optional parts a frame has: maps of all units, all parameters and gradients, a warped space."""

    units: bool = False
    values: bool = False
    hidden: HiddenView | None = None


NO_PARTS = Parts()
"""What every frame shows and nothing more."""
