"""What a training run is made of: a program, data, an optimizer, a batch size and a seed."""

from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from engine.learning.checks import one_of, whole
from engine.learning.clipping import ClipSpec
from engine.learning.datasets import LARGEST_SEED, DataSpec, sample
from engine.learning.features import PLAIN, featured
from engine.learning.optimizers import OptimizerSpec
from engine.learning.schedules import ScheduleSpec, rate
from engine.learning.stopping import StopSpec

__all__ = ["ClipSpec", "DataSpec", "OptimizerSpec", "ScheduleSpec", "StopSpec", "TrainingSpec"]


@dataclass(frozen=True, slots=True)
class TrainingSpec:
    """A training run, whole: the same spec and the same number of updates give the same bits.

    `seed` draws the parameters and shuffles the minibatches; the data have a seed of their own.
    `features` are the columns of X; data that are not in the plane have columns of their own.
    Raises InputError for a number that is not possible. The program itself is checked when it is
    first built, by `start`.
    """

    program: str
    data: DataSpec = field(default_factory=DataSpec)
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec)
    batch_size: int = 32
    seed: int = 0
    dtype: Literal["float32", "float64"] = "float32"
    schedule: ScheduleSpec = field(default_factory=ScheduleSpec)
    clip: ClipSpec | None = None
    stop: StopSpec | None = None
    features: tuple[str, ...] = PLAIN

    def __post_init__(self) -> None:
        featured(self.data, self.features)
        whole("batch_size", self.batch_size, 1, len(sample(self.data).y_train))
        whole("seed", self.seed, 0, LARGEST_SEED)
        one_of("dtype", self.dtype, ("float32", "float64"))

    @property
    def updates_per_epoch(self) -> int:
        """Minibatches in an epoch, the last of what is left included."""
        return ceil(len(sample(self.data).y_train) / self.batch_size)

    def rate(self, epoch: int, position: int, updates_per_epoch: int) -> float:
        """The learning rate of the next update, after so many epochs and points of the present one."""
        update = epoch * updates_per_epoch + position // self.batch_size
        return rate(self.schedule, self.optimizer.learning_rate, update, updates_per_epoch)
