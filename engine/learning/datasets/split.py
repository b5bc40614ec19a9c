"""Which points are trained on and which are held out: class by class, so that each keeps its share."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.errors import InputError
from engine.ops.op import Array

Indices = NDArray[np.intp]


def held_out(count: int, validation_share: float, test_share: float) -> tuple[int, int]:
    """How many points of a class go to validation and to test; halves are rounded to even."""
    return round(validation_share * count), round(test_share * count)


def require_enough(sizes: Sequence[int], validation_share: float, test_share: float) -> None:
    """Raise InputError unless every class leaves a point for each part that is asked for."""
    for label, count in enumerate(sizes):
        validation, test = held_out(count, validation_share, test_share)
        if count - validation - test < 1 or validation < 1 or (test_share > 0 and test < 1):
            points = "1 point" if count == 1 else f"{count} points"
            raise InputError(
                "too_few_points",
                f"class {label} has {points}: too few to train on some and hold some out",
                hint="give every class more points, at least 4, and more where small shares are held out",
                parameters={"class": label, "points": count},
            )


def split(
    strata: Array, validation_share: float, test_share: float, generator: Generator
) -> tuple[Indices, Indices, Indices]:
    """The points of the training, validation and test part, chosen at random and shuffled.

    Each stratum, such as a class, gives its share of its own points, so the parts are alike.
    """
    part = np.zeros(strata.shape, dtype=np.uint8)
    for stratum in np.unique(strata):
        members = generator.permutation(np.flatnonzero(strata == stratum))
        validation, test = held_out(len(members), validation_share, test_share)
        part[members[:validation]] = 1
        part[members[validation : validation + test]] = 2
    train, validated, tested = (generator.permutation(np.flatnonzero(part == which)) for which in range(3))
    return train, validated, tested
