"""One update of a training, taken apart."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.problem import Problem
from app.schemas.tensors import AnyTensor, Number, Span
from app.schemas.trainings import OpenedBatch, TrainingRequest

Position = Annotated[int, Field(ge=0, le=2**31)]


class ElementRequest(Request):
    """One number of a parameter."""

    parameter: str
    index: list[Position] = Field(max_length=4, description="One whole number for each axis.")


class UpdateRequest(Request):
    """At which state, and which number is to be followed through the rule."""

    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a frame's state; null is the start.")
    element: ElementRequest | None = None


class UpdateStatement(Answer):
    """A name that the loss is computed from, over the minibatch."""

    name: str
    kind: Literal["data", "parameter", "constant", "computed"]
    span: Span
    operands: list[str] = Field(description="The names it is computed from directly.")
    shape: list[int]
    value: AnyTensor
    gradient: AnyTensor | None = Field(description="d loss / d value; null where none arrives.")


class SlotUpdate(Answer):
    """What the optimizer remembers of a parameter."""

    name: str
    before: AnyTensor
    after: AnyTensor


class ParameterUpdate(Answer):
    """A parameter through the update: after = shrunk + step, and shrunk = before without decoupled decay."""

    name: str
    shape: list[int]
    before: AnyTensor
    raw: AnyTensor = Field(description="The gradient that backward brings.")
    clipped: AnyTensor
    gradient: AnyTensor = Field(description="What the rule is handed: clipped, with weight decay that adds.")
    slots: list[SlotUpdate]
    shrunk: AnyTensor = Field(description="Before the step, after decoupled weight decay.")
    step: AnyTensor
    after: AnyTensor


class RuleLine(Answer):
    """One line of the optimizer's rule."""

    name: str = Field(description="What it makes.")
    latex: str = Field(description="How; other quantities stand in it by name, in braces.")
    value: Number


class ElementUpdate(Answer):
    """One number of a parameter, followed through the rule."""

    parameter: str
    index: list[int]
    numbers: dict[str, Number] = Field(description="Every quantity by name.")
    symbols: dict[str, str] = Field(description="How each of them is written, LaTeX.")
    lines: list[RuleLine]


class UpdateAnswer(Answer):
    """The next update of a state, as a run makes it, bit for bit."""

    step: int = Field(description="Updates made before this one.")
    batch: OpenedBatch
    statements: list[UpdateStatement] = Field(description="In the order of computation.")
    loss: str = Field(description="The name of what is minimized.")
    norm: Number = Field(description="L2 norm of the whole gradient, before any clipping.")
    learning_rate: Number = Field(description="Of this update, as the schedule has it.")
    updates: int = Field(description="t of the rule: the optimizer's updates, this one included.")
    optimizer: str
    parameters: list[ParameterUpdate]
    element: ElementUpdate | None = Field(description="Null unless asked for.")
    before: str = Field(description="Fingerprint of the state it begins at, as that state's frame has it.")
    fingerprint: str = Field(description="Of the state it leads to, as the next frame has it.")
    state: str = Field(description="Base64 of the state it leads to.")
    stopped: str | None = Field(description="That the condition to stop is met, in words: no update follows.")
    finished: Problem | None = Field(description="Why a run refuses this update; null where it makes it.")
