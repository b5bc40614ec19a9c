"""The one error document (RFC 9457, "Problem Details for HTTP APIs")."""

from typing import Any

from pydantic import Field

from app.schemas.base import Answer
from app.schemas.tensors import Span


class Problem(Answer):
    """One mistake or failure: what it is, where it stands in the program and what to do about it."""

    type: str = Field(examples=["urn:chainrule:problem:unknown_name"])
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="One line: quotes the offender and says what is wrong.")
    code: str = Field(description="The kind of mistake, stable, so that its words can be translated.")
    span: Span | None = Field(description="Where in the source: [start, end) in code points.")
    hint: str | None = Field(description="What to do.")
    limit: str | None = Field(description="The name of the limit that was broken.")
    actual: float | None = Field(description="How much was asked.")
    allowed: float | None = Field(description="How much the limit allows.")
    parameters: dict[str, Any] = Field(description="The particulars named in the detail.")
