"""Which points to draw."""

from dataclasses import dataclass
from math import floor

from engine.errors import InputError
from engine.learning.checks import number, one_of, whole
from engine.learning.datasets.curves import SPIRAL
from engine.learning.datasets.dataset import Kind
from engine.learning.datasets.own import OWN, OwnPoints
from engine.learning.datasets.split import require_enough
from engine.learning.datasets.table import DATASETS
from engine.limits import DEFAULT

VALIDATION_SHARE = 0.25
"""Share of each class held out: never trained on, only measured."""

LEAST_HELD_OUT = 0.01
"""Smallest share held out to validate with."""

MOST_HELD_OUT = 0.4
"""Largest share of either part held out: the rest is more than the larger of the two."""

FEWEST_PER_CLASS = 4
"""Points a class needs, so that the split leaves some on either side."""

LARGEST_SEED = 2**53 - 1
"""Largest whole number that JSON carries exactly."""

LIGHTEST = 0.01
HEAVIEST = 100.0
"""Range of a class's relative size."""


@dataclass(frozen=True, slots=True)
class DataSpec:
    """Which points to draw; `noise` is in the data set's own unit, `samples` counts all parts.

    `balance` gives the relative size of each class, empty for equal ones. The shares are those of
    each class held out, to choose settings by (validation) and to judge by in the end (test). `own`
    are points of one's own in place of drawn ones; `of_own` fits the other fields to them. Where they
    say which are held out, neither the seed nor the validation share changes anything. Raises
    InputError for a name or number that is not possible, LimitError for too many points.
    """

    name: str = SPIRAL.name
    classes: int = SPIRAL.classes
    samples: int = SPIRAL.samples
    noise: float = SPIRAL.noise
    seed: int = 0
    balance: tuple[float, ...] = ()
    validation_share: float = VALIDATION_SHARE
    test_share: float = 0.0
    own: OwnPoints | None = None

    def __post_init__(self) -> None:
        if self.own is None:
            self._check_drawn()
        else:
            self._check_own(self.own)
        whole("seed", self.seed, 0, LARGEST_SEED)
        number("validation_share", self.validation_share, LEAST_HELD_OUT, MOST_HELD_OUT)
        number("test_share", self.test_share, 0, MOST_HELD_OUT)
        if self.own is None or not self.own.held_out:
            require_enough(self.sizes, self.validation_share, self.test_share)

    @classmethod
    def default(cls, name: str, seed: int = 0) -> "DataSpec":
        """The values a data set begins with."""
        _require_name(name)
        record = DATASETS[name]
        return cls(name, record.classes, record.samples, record.noise, seed)

    @classmethod
    def of_own(cls, own: OwnPoints, seed: int = 0) -> "DataSpec":
        """Points of one's own, to be split by the seed."""
        return cls(OWN, len(own.sizes), sum(own.sizes), 0.0, seed, own=own)

    @property
    def kind(self) -> Kind:
        """Whether points have a class or a value."""
        return "classes" if self.own is not None else DATASETS[self.name].kind

    @property
    def in_plane(self) -> bool:
        """Whether a point is an (x, y)."""
        return self.own is not None or DATASETS[self.name].in_plane

    @property
    def columns(self) -> int:
        """Numbers a point is given by."""
        return 2 if self.own is not None else DATASETS[self.name].columns

    @property
    def sizes(self) -> tuple[int, ...]:
        """Points of each class."""
        if self.own is not None:
            return self.own.sizes
        return class_sizes(self.samples, self.balance or (1.0,) * self.classes)

    def _check_drawn(self) -> None:
        _require_name(self.name)
        record = DATASETS[self.name]
        fewest, most = record.class_range
        whole("classes", self.classes, fewest, most)
        whole("samples", self.samples, FEWEST_PER_CLASS * self.classes)
        DEFAULT.check("samples", self.samples)
        number("noise", self.noise, 0, 1)
        self._check_balance()
        largest = max(self.sizes)
        if record.most_per_class is not None and largest > record.most_per_class:
            raise InputError(
                "too_many_of_a_class",
                f"a class of {largest:,} points is asked for, but {self.name} has "
                f"{record.most_per_class:,} of each",
                hint=f"ask for {record.most_per_class * self.classes:,} samples or fewer, of equal classes",
                parameters={"points": largest, "highest": record.most_per_class},
            )

    def _check_balance(self) -> None:
        if self.balance and len(self.balance) != self.classes:
            raise InputError(
                "wrong_balance",
                f"balance has {len(self.balance)} sizes for {self.classes} classes",
                hint="give every class a relative size, or none",
                parameters={"sizes": len(self.balance), "classes": self.classes},
            )
        for size in self.balance:
            number("balance", size, LIGHTEST, HEAVIEST)

    def _check_own(self, own: OwnPoints) -> None:
        """Raise InputError unless the other fields are those that follow from the points."""
        if own.held_out and self.test_share > 0:
            raise InputError(
                "not_of_own_points",
                f"test_share is {self.test_share:g}, but the points say themselves which are held out",
                hint="leave test_share out, or leave `held_out` empty",
                parameters={"what": "test_share"},
            )
        for what, given, wanted in (
            ("name", self.name, OWN),
            ("classes", self.classes, len(own.sizes)),
            ("samples", self.samples, sum(own.sizes)),
            ("noise", self.noise, 0),
            ("balance", self.balance, ()),
        ):
            if given != wanted:
                raise InputError(
                    "not_of_own_points",
                    f"{what} is {given!r}, but the points given make it {wanted!r}",
                    hint=f"leave {what} out, or leave out the points of your own"
                    if what != "name"
                    else f"name the data set `{OWN}`, or leave out the points of your own",
                    parameters={"what": what},
                )


def _require_name(name: str) -> None:
    if name == OWN:
        raise InputError(
            "no_own_points",
            "the data set `own` comes without its points",
            hint="give them as `own`: lists of x, y and label",
            parameters={"what": "data set", "value": name},
        )
    one_of("data set", name, DATASETS)


def class_sizes(samples: int, weights: tuple[float, ...]) -> tuple[int, ...]:
    """Share points out among classes by weight; what is left over goes to the largest remainders.

    Source: Hamilton's method of apportionment; of equal remainders, the lower label's comes first.
    """
    exact = [samples * weight / sum(weights) for weight in weights]
    sizes = [floor(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda label: sizes[label] - exact[label])
    for label in by_remainder[: samples - sum(sizes)]:
        sizes[label] += 1
    return tuple(sizes)
