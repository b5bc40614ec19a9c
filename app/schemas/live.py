"""The live training protocol, version 1: what a client may say, and what the server says."""

from typing import Annotated, Literal

from pydantic import Field

from app.schemas.base import Answer, Request
from app.schemas.frames import Bytes, DataReady, Frame, NetworkReady, PartsRequest
from app.schemas.problem import Problem
from app.schemas.trainings import TrainingRequest

MOST_COUNTED = 100_000
"""Updates or epochs one step may ask for."""


class Configure(Request):
    """First message of a session, and any later change; parameters whose name and shape stay are kept.

    The optimizer's averages stay with its rule; the watch over the condition to stop begins anew, but
    for a state that is handed in and is one of these settings: that goes on as if nothing came between.
    """

    type: Literal["configure"]
    spec: TrainingRequest
    state: str | None = Field(default=None, description="Base64 of a state, to go on from there.")
    restart: bool = Field(default=False, description="Draw all parameters anew.")


class Play(Request):
    """Train on."""

    type: Literal["play"]


class Pause(Request):
    """Stop before the next update."""

    type: Literal["pause"]


class Step(Request):
    """Pause, then make some updates, shown by one frame, or finish some epochs.

    A change that comes meanwhile is made at once, between two slices: what is to be changed only
    after a step is sent when its frame has come.
    """

    type: Literal["step"]
    unit: Literal["update", "epoch"]
    count: int = Field(default=1, ge=1, le=MOST_COUNTED)


class Rewind(Request):
    """Be set to any step of the run from `earliest` to the newest: exact, by a replay.

    The run goes on from there under the present spec, and until it does, a later step may be asked
    for again. Step 0, the start, is always there.
    """

    type: Literal["rewind"]
    step: Annotated[int, Field(ge=0)]


class Edit(Request):
    """Set one number of the present state; nothing else changes."""

    type: Literal["edit"]
    parameter: str = Field(max_length=200)
    index: list[int] = Field(max_length=8, description="One for each axis, counted from 0.")
    value: float


class Speed(Request):
    """How fast to train; null means as fast as it goes."""

    type: Literal["speed"]
    updates_per_second: Annotated[float, Field(gt=0, le=1e6)] | None


class Watch(PartsRequest):
    """Which optional parts frames carry from now on; answered by a frame of the present state."""

    type: Literal["watch"]


class Drawn(Request):
    """The frame of that step is on the screen: the next may come."""

    type: Literal["drawn"]
    step: Annotated[int, Field(ge=0)]


class AskState(Request):
    """Answered at once by the `state` of the frame shown, or by the present one."""

    type: Literal["state"]
    step: Annotated[int, Field(ge=0)] | None = Field(
        default=None,
        description="Of the frame shown, the newest or the one before; else the present state is told.",
    )


class Taken(Request):
    """The state of that step has arrived: another may come."""

    type: Literal["taken"]
    step: Annotated[int, Field(ge=0)]


ClientMessage = Annotated[
    Configure | Play | Pause | Step | Rewind | Edit | Speed | Watch | Drawn | AskState | Taken,
    Field(discriminator="type"),
]
"""What a client may send, as JSON text."""


class Ready(DataReady, NetworkReady):
    """The answer to configure: the points and the network."""

    version: Literal[1]
    type: Literal["ready"]
    earliest: int = Field(description="The first step, beside 0, that a rewind can lead to.")


class FrameMessage(Frame):
    """A frame, and how the training goes meanwhile."""

    version: Literal[1]
    type: Literal["frame"]
    playing: bool
    updates_per_second: float
    earliest: int = Field(description="The first step, beside 0, that a rewind can lead to now.")


class StateMessage(Answer):
    """What to go on from if the server is lost: at rest, once a second while it trains, when asked for.

    Unless asked for, it comes only when the one before is `taken`.
    """

    version: Literal[1]
    type: Literal["state"]
    step: int
    asked: bool = Field(description="Whether the client asked for it.")
    state: Bytes = Field(description="MessagePack of everything: hand it back in configure to go on.")


class Status(Answer):
    """Whether the training plays, after play, pause, step, or when it stopped by itself."""

    version: Literal[1]
    type: Literal["status"]
    playing: bool
    step: int


class ProblemMessage(Answer):
    """What was wrong with a message or a training; the session lives on."""

    version: Literal[1]
    type: Literal["problem"]
    problem: Problem


ServerMessage = Annotated[
    Ready | FrameMessage | StateMessage | Status | ProblemMessage, Field(discriminator="type")
]
"""What the server sends, as binary MessagePack."""
