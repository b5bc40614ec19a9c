"""A trained net to take away, and weights to put back."""

from typing import Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.inputs import InputTensor
from app.schemas.trainings import TrainingRequest

Target = Literal["json", "npz", "numpy", "pytorch"]


class ExportRequest(Request):
    """Which net, and as what."""

    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a state; null is the start.")
    target: Target = Field(description="Weights as JSON or NPZ; a script that prints the net's accuracy.")


class GivenParameter(Request):
    """A parameter as a file of weights holds it."""

    name: str
    shape: list[int] = Field(default=[], description="Not needed: the numbers say it.")
    values: InputTensor


class WeightsRequest(Request):
    """Weights that were taken away as JSON, and the training they are to be put into."""

    spec: TrainingRequest
    parameters: list[GivenParameter] = Field(min_length=1, max_length=512)
    step: int = Field(default=0, ge=0, le=2**53 - 1)


class WeightsAnswer(Answer):
    """A state to go on from; the optimizer begins anew."""

    state: str = Field(description="Base64 of the state.")
    step: int
