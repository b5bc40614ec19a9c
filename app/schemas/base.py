"""The two kinds of wire record: strict requests and documented answers."""

from pydantic import BaseModel, ConfigDict


class Request(BaseModel):
    """What a client sends: an unknown field, a boolean for a number or a text for a number is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Answer(BaseModel):
    """What the server sends."""

    model_config = ConfigDict(frozen=True)
