"""Data to learn from: the data sets, their points, points of one's own, CSV text."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.base import Answer, Request
from engine.learning.datasets import DataSpec

Seed = Annotated[int, Field(ge=0, le=2**53 - 1)]
Kind = Literal["classes", "values"]


class DataSetEntry(Answer):
    """One data set, what it may be asked for, and where its controls start."""

    name: str
    title: str
    doc: str
    source: str
    kind: Kind = Field(description="Whether a point has a class or a value to be predicted.")
    in_plane: bool = Field(description="Whether a point is an (x, y): features and a boundary need one.")
    columns: int = Field(description="Numbers a point is given by.")
    noise_unit: str = Field(description="What the noise is measured in.")
    noise_range: tuple[float, float]
    class_range: tuple[int, int] = Field(description="Fewest and most classes; 1 where points have values.")
    sample_range: tuple[int, int] = Field(description="Fewest and most points, at the classes that allow it.")
    most_per_class: int | None = Field(description="Points there are of each class, null for any number.")
    classes: int
    samples: int
    noise: float


class DataFacts(Answer):
    """What the points of a training are."""

    kind: Kind = Field(description="Whether a point has a class or a value to be predicted.")
    in_plane: bool = Field(description="Whether a point is an (x, y): a boundary can be drawn.")
    columns: int = Field(description="Numbers a point is given by.")


class FeatureEntry(Answer):
    """One feature a network can be shown in place of x and y."""

    name: str
    title: str
    doc: str


class OwnRequest(Request):
    """Points of one's own; labels are 0, 1, 2, ..."""

    x: list[float]
    y: list[float]
    label: list[int]
    held_out: list[bool] = Field(
        default=[],
        description="Which points are only validated with: one of them at least, and of every class one that "
        "is not. Empty: `seed` and `validation_share` choose.",
    )


class DataRequest(Request):
    """Which points to learn from; what is left out is the data set's own default."""

    name: str = Field(
        default=DataSpec().name, description="A data set, or `own` for the points given as `own`."
    )
    classes: int | None = None
    samples: int | None = Field(default=None, description="Points in all, held out ones included.")
    noise: float | None = None
    seed: Seed = 0
    balance: list[float] = Field(default=[], description="Relative size of each class; empty for equal ones.")
    validation_share: float = Field(
        default=DataSpec().validation_share, description="Share of each class held out to choose by."
    )
    test_share: float = Field(
        default=DataSpec().test_share, description="Share of each class held out to judge by in the end."
    )
    own: OwnRequest | None = None


class PointsQuery(BaseModel):
    """How to sample a data set; what is left out is its own default."""

    # not strict as other requests are: the numbers of a query are texts
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    classes: int | None = None
    samples: int | None = None
    noise: float | None = None
    seed: int | None = None
    balance: list[float] | None = None
    validation_share: float | None = None
    test_share: float | None = None


class Points(Answer):
    """Points with a label or a value each; a list that does not apply to the data is empty."""

    x: list[float]
    y: list[float]
    label: list[int]
    value: list[float]
    columns: list[list[float]] = Field(description="The rows of points that are not in the plane.")


class SampledPoints(Answer):
    """A data set's points as a training with the same settings would use them."""

    name: str
    kind: Kind
    classes: int
    samples: int
    noise: float
    seed: int
    balance: list[float]
    validation_share: float
    test_share: float
    train: Points
    validation: Points
    test: Points


class CsvRequest(Request):
    """CSV text: x, y and a label in every row, under a header or without one."""

    text: str
    scale: bool = Field(default=True, description="Fit the picture into the square from -1 to 1.")


class OwnPoints(Answer):
    """Points as a training takes them, in `data.own`."""

    x: list[float]
    y: list[float]
    label: list[int]


class CsvAnswer(Answer):
    """The points of a CSV text and what was understood of it; no row is ever skipped."""

    own: OwnPoints
    classes: list[str] = Field(description="How each class is written in the text, class 0 first.")
    sizes: list[int] = Field(description="Points of each class.")
    columns: tuple[str, str, str] = Field(description="What was taken for x, y and the label.")
    separator: Literal["comma", "semicolon", "tab"]
    header: bool
    rows: int
    blank_lines: int
    scaled: bool
    centre: tuple[float, float] = Field(description="A point given is (point read - centre) / scale.")
    scale: float
