"""`POST /api/v1/graph`: a program in, its graph with every edge's three factors out."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.inputs import InputTensor
from app.schemas.tensors import AnyTensor, Number, Span
from engine.limits import DEFAULT

Id = Annotated[str, Field(description="Opaque: valid within this answer.")]
Key = Annotated[str, Field(description="Stays the same under edits elsewhere in the program.")]


Size = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Selection(Request):
    """Connected gates of which only one is read from outside, lumped into one gate."""

    name: Annotated[str, Field(pattern=r"^[^\W\d]\w{0,39}$")] = Field(description="What to call the gate.")
    keys: Annotated[list[Key], Field(min_length=1, max_length=512)]


class Touch(Request):
    """One element of one argument of a gate."""

    edge: Id
    element: list[int] = Field(description="Its position, an index for each axis.")


class ProgramRequest(Request):
    """A program, what goes into it, and how it is drawn."""

    source: str = Field(description="The program.", examples=["f = (x + y) * z"])
    inputs: dict[str, InputTensor] = Field(
        default={}, description="Values of the inputs, by name.", examples=[{"x": -2, "y": 5, "z": -4}]
    )
    upstream: InputTensor | None = Field(
        default=None,
        description="The gradient that arrives at the output; its shape is the output's. 1 for a scalar.",
    )
    lump: list[str | Selection] = Field(
        default=[],
        max_length=int(DEFAULT.nodes),
        description="Ops to lump into one gate where their pattern occurs, and selections of gates.",
        examples=[["sigmoid"]],
    )
    apart: list[str] = Field(
        default=[], description="Ops to take apart into the gates that make them up, such as sigmoid."
    )
    collapse: list[Key] = Field(
        default=[],
        description="Statements drawn as one gate each, by the key of the node that holds their value. "
        "Keys that name no statement of more than one gate are passed over.",
    )
    output: Key | None = Field(
        default=None, description="The node that backward starts from; null is the last statement."
    )
    seed: Annotated[int, Field(ge=0, le=2**53 - 1)] = Field(default=0, description="Draws the initializers.")


class CodeRequest(ProgramRequest):
    """A program and the form it is to be written in."""

    target: Literal["flat", "modular", "pytorch", "latex", "dot"]


class CodeAnswer(Answer):
    """The program in that form."""

    code: str
    lines: list[Key | None] = Field(
        description="For each line of the code, the node it computes or hands a gradient to, if any."
    )


class GraphRequest(ProgramRequest):
    """A program and what to do with it."""

    check: bool = Field(default=False, description="Compare with central differences.")
    jacobians: bool | list[Id] = Field(
        default=False, description="Answer local Jacobians as matrices too: all, or those of these edges."
    )
    layout: Literal["input x output", "output x input"] = Field(
        default="input x output", description="Of Jacobians. The lecture's is input x output."
    )
    copies: bool = Field(default=False, description="Draw fan-out as copy gates.")
    touch: Touch | None = Field(
        default=None, description="Answer which elements of the gate's output this one can reach."
    )
    full: list[str] = Field(
        default=[], description="Ids of nodes and edges whose tensors are answered whole, however large."
    )
    shapes: dict[str, list[Size]] | None = Field(
        default=None,
        description="Shapes in place of inputs: costs and Jacobian bytes are answered, no values.",
        examples=[None],
    )
    dtype: Literal["float64", "float32"] = Field(default="float64", description="For costs from shapes.")


class GraphNode(Answer):
    """An input, a constant or a gate."""

    id: Id
    key: Key
    op: str = Field(description="The op's name in the op table, or input or constant.")
    name: str | None = Field(description="The name the program gives it.")
    shape: list[int]
    value: AnyTensor
    gradient: AnyTensor | None = Field(description="d output / d node; null for constants and labels.")
    pattern: str | None = Field(description="How the gate routes gradients: distributor, swap, router, ...")
    span: Span | None
    formula: str | None = Field(description="What the gate computes, in LaTeX.")
    declared: Literal["literal", "initializer", "free"] | None = Field(
        description="How an input got its value: written, drawn, or handed in; null for all else."
    )
    members: list[Key] = Field(description="Of a lumped gate: the gates it stands for.")


class JacobianCost(Answer):
    """A local gradient as a matrix: its size, in bytes, beside the product that avoids it."""

    layout: Literal["input x output", "output x input"]
    shape: list[int] = Field(description="Rows and columns, in that layout.")
    explicit_bytes: int = Field(description="What the matrix takes.")
    product_bytes: int = Field(description="What the downstream gradient takes: all the product form makes.")


class Jacobian(JacobianCost):
    """A local gradient as a matrix, in full where it is small enough."""

    density: Number | None = Field(description="Share of entries that are not 0; null where it is not built.")
    pattern: Literal["diagonal", "dense", "sparse", "zero"] | None
    matrix: AnyTensor | None = Field(description="Null where it would be too large.")


class GraphEdge(Answer):
    """One argument of one gate, with the chain rule's three factors: upstream x local = downstream."""

    id: Id
    key: Key
    source: Id
    target: Id
    argument: int = Field(description="Position among the target's arguments.")
    shape: list[int]
    upstream: AnyTensor | None = Field(description="The gradient that arrives at the target.")
    local: AnyTensor | None = Field(description="d target / d argument; null where it is a matrix not built.")
    downstream: AnyTensor | None = Field(description="The gradient this edge carries to its source.")
    local_kind: Literal["elementwise", "jacobian", "none"]
    summed: list[int] = Field(
        description="Axes of upstream x local that are summed because the argument was broadcast."
    )
    formula: str | None = Field(description="The local gradient, in LaTeX.")
    jacobian: Jacobian | None = Field(default=None, description="Only when asked for.")


class Statement(Answer):
    """One statement of the program and the gates it is made of."""

    name: str | None
    span: Span
    node: Key = Field(description="The node that holds its value.")
    gates: list[Key] = Field(description="Before anything is lumped; empty for inputs.")


class Lumpable(Answer):
    """Gates that make up an op of the op table, and could be lumped into one gate."""

    op: str
    gates: list[Key]


class BackwardStep(Answer):
    """One gate's turn going back: its incoming edges in argument order."""

    node: Id
    edges: list[Id]


class Note(Answer):
    """Something worth knowing about the answer: a kink, a non-finite value, an unused input."""

    code: str
    node: Id | None
    message: str
    parameters: dict[str, object]


class InputCheck(Answer):
    """An input's gradient by central differences beside the one by the chain rule."""

    numerical: AnyTensor
    analytical: AnyTensor
    relative_error: Number = Field(description="The largest of all elements: |difference| / larger gradient.")
    noise: Number = Field(description="How far rounding alone could drive them apart: about eps |f| / h.")
    forward_passes: int = Field(description="What the check cost; the chain rule took one backward pass.")
    verdict: Literal["agrees", "kink", "not_finite", "differs"]


class CheckCost(Answer):
    """The price of checking by differences, beside the chain rule's."""

    forward_passes: int = Field(description="Two for every number checked, and for every second look at one.")
    forward_seconds: float
    backward_passes: Literal[1]
    backward_seconds: float = Field(description="One forward and one backward pass, every number kept.")


class Touched(Answer):
    """What one element reaches."""

    edge: Id
    element: list[int]
    outputs: AnyTensor = Field(description="1 for each element of the gate's output that depends on it.")


class GraphAnswer(Answer):
    """The traced graph."""

    output: str | None = Field(description="The output's name; null when the last statement has none.")
    output_node: Id
    value: AnyTensor
    gradients: dict[str, AnyTensor]
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    forward: list[Id] = Field(description="Node ids in order of computation.")
    backward: list[BackwardStep]
    notes: list[Note]
    statements: list[Statement]
    lumpable: list[Lumpable] = Field(description="Patterns that occur in the graph as it is drawn.")
    check: dict[str, InputCheck] | None = Field(default=None, description="Only when asked for.")
    check_cost: CheckCost | None = Field(default=None, description="Only with `check`.")
    touched: Touched | None = Field(default=None, description="Only with `touch`.")


class ShapesNode(Answer):
    """A node of which only the shape is known."""

    id: Id
    key: Key
    op: str
    name: str | None
    shape: list[int]
    bytes: int = Field(description="What its value takes in the dtype asked for.")
    operations: int = Field(description="Estimated floating-point operations.")
    span: Span | None
    formula: str | None
    declared: Literal["literal", "initializer", "free"] | None


class ShapesEdge(Answer):
    """An argument of a gate, with the price of its Jacobian."""

    id: Id
    key: Key
    source: Id
    target: Id
    argument: int
    shape: list[int]
    formula: str | None
    jacobian: JacobianCost | None = Field(description="Null where no gradient passes.")


class ShapesAnswer(Answer):
    """What is known from shapes alone."""

    output: str | None
    output_node: Id
    dtype: Literal["float64", "float32"]
    operations: int = Field(description="Estimated floating-point operations of one forward pass.")
    nodes: list[ShapesNode]
    edges: list[ShapesEdge]
    forward: list[Id]
