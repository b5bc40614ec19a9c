"""Listings: programs in NumPy run a line at a time."""

from pydantic import Field

from app.listings import MOST_STEPS
from app.schemas.base import Answer, Request
from app.schemas.frames import Bytes
from app.schemas.tensors import Number, Statistics


class ListingSetting(Answer):
    """A number of a listing that may be changed."""

    name: str
    doc: str
    low: float
    high: float
    whole: bool = Field(description="Whether it is a whole number.")
    value: float = Field(description="The number that stands in the text.")


class ListingEntry(Answer):
    """One listing: its text, and the numbers in it that may be changed."""

    name: str
    title: str
    doc: str
    source: str
    settings: list[ListingSetting]


class Listings(Answer):
    """Whole programs in NumPy, under 20 lines each."""

    listings: list[ListingEntry]


class ListingRequest(Request):
    """Which steps of a run. A step is a line that runs; a loop's own line runs each time around."""

    values: dict[str, int | float] = Field(
        default={}, max_length=16, description="Numbers of the text to change."
    )
    first: int = Field(default=0, ge=0, description="The first step to answer: so many lines have run.")
    count: int = Field(default=1, ge=1, le=MOST_STEPS, description="How many steps to answer.")
    stride: int = Field(
        default=1,
        ge=1,
        le=1_000_000,
        description="How many lines lie between one answered step and the next.",
    )
    losses_from: int = Field(default=0, ge=0, description="The first iteration whose loss is answered.")


class Blocks(Answer):
    """An array in at most 16 x 32 blocks, leading axes stacked: of each, the element of largest size."""

    rows: int
    columns: int
    values: Bytes = Field(description="Row by row, little-endian float32.")


class Variable(Answer):
    """A name and what it holds."""

    name: str
    dtype: str = Field(description="The type of an array's elements, else of the object.")
    shape: list[int] | None = Field(description="Null for what is no array.")
    value: Number | None = Field(description="Null for what is no number.")
    statistics: Statistics | None
    preview: Blocks | None


class ListingStep(Answer):
    """One step: the line that was run last, and what was assigned since the step before it."""

    step: int
    line: int = Field(description="Its number in the text, from 1; 0 before the first.")
    iteration: int | None = Field(description="Which time around the loop, from 0; null before it.")
    assigned: list[Variable]


class ListingLoop(Answer):
    """The loop that ends a listing."""

    line: int
    first: int = Field(description="Lines that run before it.")
    length: int = Field(description="Lines that run each time around.")
    times: int


class ListingGraph(Answer):
    """The same net as a program in the language of graphs, its numbers drawn anew."""

    source: str
    shape: list[int] | None = Field(description="Of its output; null where it is refused.")
    refused: str | None = Field(description="Why it is too large for a trace; null where it is not.")


class ListingAnswer(Answer):
    """Steps of a run. The same request always has the same answer."""

    name: str
    source: str = Field(description="The very text that ran.")
    values: dict[str, float]
    steps: int = Field(description="Lines that run in all.")
    loop: ListingLoop | None
    names: list[Variable] = Field(description="Every name assigned a stride before the first step answered.")
    taken: list[ListingStep]
    losses_from: int
    losses: list[Number] = Field(
        description="The loss of each iteration, as far as the last step answered has come."
    )
    graph: ListingGraph
