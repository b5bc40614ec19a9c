"""Numbers and tensors on the wire."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.schemas.base import Answer

Span = Annotated[tuple[int, int], Field(description="[start, end) in code points of the source.")]

Number = TypeAliasType("Number", float | Literal["NaN", "Infinity", "-Infinity"])
"""A number of an answer: JSON has no word for the non-finite ones, so they are texts."""

# spelled out to rank 4: TypeScript refuses an alias that names itself through an index type
Tensor = TypeAliasType(
    "Tensor",
    Number | list[Number] | list[list[Number]] | list[list[list[Number]]] | list[list[list[list[Number]]]],
)
"""A tensor of an answer as nested lists, a scalar as a number."""


class Statistics(Answer):
    """What is told of a tensor too large to be shown; of its finite elements, null where it has none."""

    min: Number | None
    max: Number | None
    mean: Number | None
    std: Number | None = Field(description="Population standard deviation: divided by n.")
    norm: Number | None = Field(description="Euclidean norm of all elements.")
    nonfinite: int = Field(description="How many elements are NaN or infinite.")


class TruncatedTensor(Answer):
    """Stands for a tensor of more than 1,024 elements that was not listed in `full`."""

    truncated: Literal[True]
    shape: list[int]
    statistics: Statistics
    preview: list[list[Number]] = Field(
        description="At most 16 x 32 blocks, leading axes stacked: of each, the element of largest size."
    )


AnyTensor = TypeAliasType("AnyTensor", Tensor | TruncatedTensor)
"""A tensor of an answer, whole or summed up."""
