"""What there is to choose from: ops, examples, limits, data sets."""

from typing import Literal

from pydantic import ConfigDict, Field

from app.schemas.base import Answer
from app.schemas.data import DataSetEntry, FeatureEntry
from app.schemas.tensors import Tensor

ALWAYS_WRITTEN = ConfigDict(json_schema_serialization_defaults_required=True)
"""For answers whose defaults save words where they are made: readers find every field."""


class Derivative(Answer):
    """How a gate differentiates with respect to one argument."""

    argument: str
    local_kind: Literal["elementwise", "jacobian", "none"]
    formula: str | None = Field(description="The local gradient, in LaTeX; null for labels and conditions.")
    numpy: str | None = Field(description="The local factor, or its product with upstream, in NumPy.")


class OpEntry(Answer):
    """One op of the language, from the op table."""

    name: str
    symbol: str = Field(description="What the gate shows.")
    operator: str | None = Field(description="The operator that means the same, such as + for add.")
    signature: str = Field(description="How it is written in a program.")
    callable: bool = Field(description="Whether the name may be called; its name is then reserved.")
    arguments: list[str]
    doc: str
    source: str = Field(description="Where the formula comes from.")
    formula: str = Field(description="LaTeX; each argument stands in braces by its name.")
    pattern: str | None = Field(description="How it routes gradients.")
    kinks: list[str] = Field(description="What is taken where there is no derivative.")
    derivatives: list[Derivative]
    numpy: str
    torch: str


class InitializerEntry(Answer):
    """One way to declare a parameter: its shape in the call, its values from the seed."""

    name: str
    signature: str
    doc: str
    source: str


class Ops(Answer):
    """The op table and the initializers: every function the language knows."""

    ops: list[OpEntry]
    initializers: list[InitializerEntry]
    patterns: dict[str, str] = Field(description="What each pattern does to the gradient that arrives.")
    lumpable: list[str] = Field(description="Ops whose gates can be lumped into one.")


class Option(Answer):
    """One way to fill in what an example leaves open: a program of its own."""

    label: str
    source: str


class Choice(Answer):
    """A control that writes the program: how many steps are unrolled, which loss is taken."""

    name: str = Field(description="What is chosen, in words.")
    options: list[Option] = Field(description="In the order of the control; one is the example's own source.")


class ExampleView(Answer):
    """How an example is opened: what of the graph is drawn, and what stands beside it."""

    model_config = ALWAYS_WRITTEN

    lump: list[str] = Field(default=[], description="Ops lumped into one gate.")
    copies: bool = Field(default=False, description="Whether fan-out is drawn as copy gates.")
    check: bool = Field(default=False, description="Whether every input's gradient is checked.")
    opened: str | None = Field(default=None, description="The key of the gate or edge that is opened.")
    code: Literal["flat", "modular", "pytorch", "latex", "dot"] | None = Field(
        default=None, description="The form in which the program stands beside the graph."
    )
    shapes: dict[str, list[int]] = Field(
        default={}, description="Sizes at which the opened gate's costs are asked for."
    )
    dtype: Literal["float64", "float32"] = "float64"


class Example(Answer):
    """A program worth opening, and what to look at in it."""

    model_config = ALWAYS_WRITTEN

    id: str
    title: str
    row: str = Field(description="The row of the lecture it shows.")
    source: str
    inputs: dict[str, Tensor] = Field(default={})
    upstream: Tensor | None = None
    look: str = Field(description="What to look at and do, in a sentence or two.")
    choice: Choice | None = Field(default=None, description="A control that writes the program.")
    view: ExampleView = Field(default=ExampleView(), description="How it is opened.")


class Examples(Answer):
    """The gallery."""

    examples: list[Example]


class LimitEntry(Answer):
    """One limit: what it counts and how much is allowed."""

    name: str
    allowed: float
    doc: str


class Limits(Answer):
    """The table of limits."""

    limits: list[LimitEntry]


class OptimizerEntry(Answer):
    """One optimizer, and the learning rate it starts with."""

    name: str
    title: str
    doc: str
    formula: str = Field(description="LaTeX.")
    source: str
    learning_rate: float
    weight_decay: float


class ScheduleEntry(Answer):
    """One way the learning rate changes, and the numbers it makes use of."""

    name: str
    title: str
    doc: str
    formula: str = Field(description="LaTeX.")
    source: str
    numbers: list[str]


class ClippingEntry(Answer):
    """One way to bound a gradient."""

    name: str
    title: str
    doc: str
    formula: str = Field(description="LaTeX.")
    source: str


class PartEntry(Answer):
    """One choice the layer builder offers."""

    name: str
    title: str
    doc: str


class DataSets(Answer):
    """The data sets, and the names of what else a training is made of."""

    datasets: list[DataSetEntry]
    features: list[FeatureEntry] = Field(description="Beside them, any program of x, y, r and theta.")
    held_out_range: tuple[float, float] = Field(description="Share of each class held out to validate with.")
    optimizers: list[OptimizerEntry]
    schedules: list[ScheduleEntry]
    clippings: list[ClippingEntry]
    metrics: dict[str, str] = Field(description="What a condition to stop may watch, in words.")
    conditions: dict[str, str] = Field(description="When a condition to stop is met, in words.")
    activations: list[str] = Field(description="What the layer builder can put between layers.")
    activation_entries: list[PartEntry] = Field(description="The same, in words.")
    initializers: list[PartEntry]
    losses: list[PartEntry]
    regularizers: list[PartEntry]
    extent: tuple[float, float] = Field(description="The square that boundaries are drawn over, both axes.")


class Health(Answer):
    """That the server answers, and with what it computes."""

    status: Literal["ok"]
    version: str
    workers: int
    sessions: int
    streams: int
