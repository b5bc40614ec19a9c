"""The listings: what may be changed in each, and what a run of it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine import limits
from engine.errors import InputError, quoted
from engine.learning.listings.program import Program, numbers_of, parse, with_numbers
from engine.learning.listings.run import Run
from engine.limits import Limits

Values = Mapping[str, int | float]

TEXTS = Path(__file__).parent / "texts"
FILE = "utf-8"


@dataclass(frozen=True, slots=True)
class Setting:
    """A number of a listing that may be changed, within bounds."""

    name: str
    doc: str
    low: float
    high: float
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Cost:
    """What a whole run takes: numbers in its arrays, floating-point operations."""

    elements: float
    operations: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A program in NumPy, its numbers, its cost.

    `drawn` are the arrays it begins with and `forward` the names whose lines lead from them to its
    output: as they stand, those lines are a program in the language of graphs.
    """

    name: str
    title: str
    doc: str
    settings: tuple[Setting, ...]
    cost: Callable[[Values], Cost]
    drawn: tuple[str, ...]
    forward: tuple[str, ...]

    @property
    def text(self) -> str:
        """The program as it is written."""
        return (TEXTS / f"{self.name}.py").read_text(FILE)

    def defaults(self) -> dict[str, int | float]:
        """The numbers that stand in the text."""
        return numbers_of(self.text)

    def checked(self, values: Values, table: Limits = limits.DEFAULT) -> dict[str, int | float]:
        """All its numbers, some of them changed.

        Raises InputError for a name or a number that cannot be, LimitError for a run too large.
        """
        known = {setting.name: setting for setting in self.settings}
        for name, value in values.items():
            if name not in known:
                raise InputError(
                    "unknown_setting",
                    f"the listing has no number {quoted(name)}",
                    hint=f"its numbers: {', '.join(f'`{one}`' for one in known)}",
                    parameters={"name": name},
                )
            _check(known[name], value)
        whole = self.defaults() | {
            name: int(value) if known[name].whole else float(value) for name, value in values.items()
        }
        cost = self.cost(whole)
        table.check("listing_elements", cost.elements)
        table.check("listing_operations", cost.operations)
        return whole

    def program(self, values: Values) -> Program:
        """The program with these numbers in it."""
        return parse(with_numbers(self.text, values))

    def start(self, values: Values, table: Limits = limits.DEFAULT) -> Run:
        """A run that stands before the first line; raises as `checked` does."""
        whole = self.checked(values, table)
        program = self.program(whole)
        return Run(program, 0 if program.loop is None else int(whole[program.loop.times]))

    def as_graph(self, program: Program, shapes: Mapping[str, tuple[int, ...]]) -> str:
        """The same net in the language of graphs: arrays drawn by initializers, then the forward lines."""
        lines = [f"{name} = normal({', '.join(map(str, shapes[name]))})" for name in self.drawn]
        return "\n".join([*lines, *map(program.line_of, self.forward)]) + "\n"


def _check(setting: Setting, value: float) -> None:
    kind = "a whole number" if setting.whole else "a number"
    if setting.low <= value <= setting.high and (not setting.whole or value == int(value)):
        return
    raise InputError(
        "bad_setting",
        f"`{setting.name}` is {kind} from {setting.low:,g} to {setting.high:,g}, not {value:g}",
        hint=f"as in `{setting.name} = {setting.low:g}`",
        parameters={"name": setting.name, "low": setting.low, "high": setting.high},
    )


def _two_layer(v: Values) -> Cost:
    inner, outer = v["D_in"] * v["H"], v["H"] * v["D_out"]
    points = v["N"] * (3 * v["D_in"] + 5 * v["H"] + 4 * v["D_out"])
    products = 2 * v["N"] * (2 * inner + 3 * outer)
    rest = 12 * v["N"] * (v["H"] + v["D_out"]) + v["N"] * v["D_in"] + 2 * (inner + outer)
    return Cost(points + 3 * (inner + outer), v["iterations"] * (products + rest))


def _three_layer(v: Values) -> Cost:
    weights = v["D_in"] * v["H1"] + v["H1"] * v["H2"] + v["H2"] * v["D_out"]
    units = v["H1"] + v["H2"] + v["D_out"]
    return Cost(weights + 4 * v["N"] * (v["D_in"] + units), v["N"] * (2 * weights + 5 * units))


_EXAMPLES = Setting("N", "examples in the batch", 1, 1_024)
_INPUTS = Setting("D_in", "inputs of an example", 1, 4_096)
_OUTPUTS = Setting("D_out", "outputs", 1, 256)
_SEED = Setting("seed", "of everything drawn at random", 0, 2**32 - 1)

LISTINGS: Mapping[str, Listing] = {
    listing.name: listing
    for listing in (
        Listing(
            "two_layer_net",
            "Train a 2-layer net",
            "Draw data and weights; then, again and again, the loss forward, gradients back, a step down.",
            (
                _EXAMPLES,
                _INPUTS,
                Setting("H", "hidden sigmoid units", 1, 1_024),
                _OUTPUTS,
                Setting("rate", "learning rate", 0, 10, whole=False),
                Setting("iterations", "times around the loop", 1, 5_000),
                _SEED,
            ),
            _two_layer,
            drawn=("x", "y", "W1", "W2"),
            forward=("h", "scores", "loss"),
        ),
        Listing(
            "three_layer_forward",
            "3 layers, forward",
            "Two hidden layers of sigmoid units: three lines take the examples from input to scores.",
            (
                _EXAMPLES,
                _INPUTS,
                Setting("H1", "units in the first hidden layer", 1, 512),
                Setting("H2", "units in the second hidden layer", 1, 512),
                _OUTPUTS,
                _SEED,
            ),
            _three_layer,
            drawn=("x", "W1", "b1", "W2", "b2", "W3", "b3"),
            forward=("h1", "h2", "scores"),
        ),
    )
}
