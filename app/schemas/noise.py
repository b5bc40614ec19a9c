"""Gradient noise: how far minibatch gradients stray from the full one, and what they cost."""

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.tensors import Number
from app.schemas.trainings import TrainingRequest


class NoiseRequest(Request):
    """At which state, for which minibatch sizes."""

    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a frame's state; null is the start.")
    sizes: list[int] | None = Field(
        default=None,
        min_length=1,
        max_length=32,
        description="Null is 32, 64, 128 and 256, those that the data have, and the full set.",
    )
    draws: int = Field(default=64, description="Minibatches drawn of each size.")


class NoiseRow(Answer):
    """One minibatch size, each minibatch drawn from all training points without replacement."""

    size: int
    draws: int
    error: Number = Field(
        description="Root mean square distance from the full gradient, beside the full gradient's norm."
    )
    cosine: Number = Field(description="Mean cosine of the angle to the full gradient.")
    seconds: float = Field(description="Median time that drawing and computing one gradient took.")


class NoiseAnswer(Answer):
    """The sizes in the order asked for."""

    points: int = Field(description="Training points in the full set.")
    norm: Number = Field(description="L2 norm of the full gradient.")
    rows: list[NoiseRow]
