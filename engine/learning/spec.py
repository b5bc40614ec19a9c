"""What a training run is made of: a program, data, an optimizer, a batch size and a seed."""

from dataclasses import dataclass, field
from typing import Literal

from engine.learning.checks import one_of, whole
from engine.learning.datasets import LARGEST_SEED, DataSpec, sample
from engine.learning.optimizers import OptimizerSpec

__all__ = ["DataSpec", "OptimizerSpec", "TrainingSpec"]


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """A training run, whole: the same spec and the same number of updates give the same bits.

    `seed` draws the parameters and shuffles the minibatches; the data have a seed of their own.
    Raises InputError for a number that is not possible. The program itself is checked when it is
    first built, by `start`.
    """

    program: str
    data: DataSpec = field(default_factory=DataSpec)
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec)
    batch_size: int = 32
    seed: int = 0
    dtype: Literal["float32", "float64"] = "float32"

    def __post_init__(self) -> None:
        whole("batch_size", self.batch_size, 1, len(sample(self.data).y_train))
        whole("seed", self.seed, 0, LARGEST_SEED)
        one_of("dtype", self.dtype, ("float32", "float64"))
