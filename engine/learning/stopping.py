"""Early stopping: a condition on what is measured at the end of every epoch.

It is looked at when an epoch ends and at no other time, so that a run stops at the same step
however its slices are cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

from engine.learning.checks import number, one_of, whole

METRICS: Mapping[str, str] = MappingProxyType(
    {
        "train_loss": "the loss over the points trained on",
        "validation_loss": "the loss over the points held out",
        "train_accuracy": "the accuracy over the points trained on",
        "validation_accuracy": "the accuracy over the points held out",
    }
)
"""What a condition may watch, in words."""

CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "at_most": "is at most the value",
        "at_least": "is at least the value",
        "no_improvement": "has not improved for so many epochs",
    }
)
"""When a condition is met, in words."""

LARGEST = 1e9
MOST_PATIENCE = 1_000_000


@dataclass(frozen=True, slots=True)
class StopSpec:
    """Stop once a metric has reached a `value`, or has not improved for `patience` epochs.

    A loss improves by falling and an accuracy by rising. Raises InputError for an unknown name or a
    number outside its range.
    """

    metric: str = "validation_loss"
    when: str = "no_improvement"
    value: float = 0.0
    patience: int = 20

    def __post_init__(self) -> None:
        one_of("metric", self.metric, METRICS)
        one_of("stopping condition", self.when, CONDITIONS)
        number("value", self.value, -LARGEST, LARGEST)
        whole("patience", self.patience, 1, MOST_PATIENCE)

    @property
    def part(self) -> str:
        """Which points are measured: "train" or "validation"."""
        return self.metric.partition("_")[0]

    @property
    def of_accuracy(self) -> bool:
        """Whether the accuracy is watched, not the loss."""
        return self.metric.endswith("accuracy")


@dataclass(frozen=True, slots=True)
class Watch:
    """What was seen of a metric: at the last epoch's end, at best, and the epochs since the best."""

    metric: str
    value: float
    best: float
    stale: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """That a run stopped because its condition was met: no mistake, and a reason in words and numbers."""

    reason: str
    metric: str
    when: str
    value: float
    epoch: int

    def to_plain(self) -> dict[str, object]:
        """The fields as a map."""
        return {
            "reason": self.reason,
            "metric": self.metric,
            "when": self.when,
            "value": self.value,
            "epoch": self.epoch,
        }


def watched(stop: StopSpec, before: Watch | None, value: float) -> Watch:
    """The watch after one more epoch; a value that is not a number is no improvement.

    A watch over another metric is no watch over this one.
    """
    if before is None or before.metric != stop.metric:
        before = Watch(stop.metric, value, -inf if stop.of_accuracy else inf, 0)
    improved = value > before.best if stop.of_accuracy else value < before.best
    best, stale = (value, 0) if improved else (before.best, before.stale + 1)
    return Watch(stop.metric, value, best, stale)


def stopped(stop: StopSpec, watch: Watch, epoch: int) -> Stopped | None:
    """Why a run stops at the end of this epoch, None where it goes on."""
    if watch.metric != stop.metric:
        return None
    what = METRICS[stop.metric]
    match stop.when:
        case "at_most" if watch.value <= stop.value:
            reason = f"{what} is {watch.value:.4g}, at most {stop.value:g} as asked"
        case "at_least" if watch.value >= stop.value:
            reason = f"{what} is {watch.value:.4g}, at least {stop.value:g} as asked"
        case "no_improvement" if watch.stale >= stop.patience:
            epochs = f"{stop.patience:,} epochs" if stop.patience > 1 else "1 epoch"
            reason = f"{what} has not improved on {watch.best:.4g} for {epochs}"
        case _:
            return None
    return Stopped(f"stopped after epoch {epoch:,}: {reason}", stop.metric, stop.when, watch.value, epoch)
