"""A trained net to take away."""

from typing import Literal

from pydantic import Field

from app.schemas.base import Request
from app.schemas.trainings import TrainingRequest

Target = Literal["json", "npz", "numpy", "pytorch"]


class ExportRequest(Request):
    """Which net, and as what."""

    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a state; null is the start.")
    target: Target = Field(description="Weights as JSON or NPZ; a script that prints the net's accuracy.")
