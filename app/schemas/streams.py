"""Trainings and sweeps as JSON lines: what is asked for, and the lines of the answer, version 1."""

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.schemas.base import Answer, Request
from app.schemas.frames import (
    Accuracy,
    DataReady,
    Frame,
    NetworkReady,
    PartsRequest,
    SplitLosses,
    Stopped,
)
from app.schemas.problem import Problem
from app.schemas.tensors import Number
from app.schemas.trainings import LayersRequest, TrainingRequest

MOST_UPDATES = 10_000_000

State = Annotated[str, Field(description="Base64 of everything a training is: hand it back to go on.")]


class StreamSpec(TrainingRequest):
    """A training whole; its program may be left to the layer builder."""

    program: str = Field(default="", description="Left out where `network` describes it layer by layer.")


class NetworkRequest(LayersRequest):
    """A network, layer by layer, that fits the data unless it says otherwise."""

    features: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Columns of X; null for those there are."
    )
    classes: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Null for those of the data, 1 where points have values."
    )


class StreamRequest(PartsRequest):
    """What trainings and sweeps have in common: how far to train, and what to show of it."""

    spec: StreamSpec = StreamSpec()
    network: NetworkRequest | None = Field(
        default=None, description="In place of `spec.program`: the layer builder writes it."
    )
    carry_over: bool = Field(
        default=False,
        description="Whether a state that is handed in comes from other settings: parameters keep their "
        "values where name and shape stay, and the watch over the condition to stop begins anew. "
        "Otherwise it goes on bit for bit, and must belong to these settings.",
    )
    updates: int = Field(default=1000, ge=0, le=MOST_UPDATES, description="Updates to make from here.")
    every: int = Field(default=100, ge=1, le=MOST_UPDATES, description="Updates between two frames.")
    frames_per_second: Annotated[float, Field(gt=0, le=1000)] | None = Field(
        default=None, description="Frames a second at most; null for as fast as it goes."
    )
    boundary: bool = Field(default=False, description="Whether frames hold the decision boundary.")
    state_every: bool = Field(default=False, description="Whether every frame holds the state.")


class TrainingStreamRequest(StreamRequest):
    """One training, from its start or from a state."""

    state: str | None = Field(default=None, description="Base64 of a state, to go on from there.")


class PickedMember(Request):
    """A member of a sweep, picked by hand."""

    label: str = Field(default="", max_length=200, description="Left out: made of the changes.")
    changes: dict[str, Any] = Field(default={}, description="By path, as in `vary`: one value each.")


class SweepRequest(StreamRequest):
    """Trainings side by side, each with settings of its own."""

    vary: dict[str, list[Any]] = Field(
        default={},
        description="By path, the values tried: all combinations, in the order written, the last path "
        "changing fastest. A path names a field of `spec`, or of `network`: `optimizer.learning_rate`, "
        "`network.hidden`, `seed`.",
    )
    members: list[PickedMember] = Field(default=[], description="In place of `vary`: picked by hand.")
    states: list[str | None] | None = Field(
        default=None, description="One for each member, to go on from there; null for a start."
    )


class StreamReady(DataReady, NetworkReady):
    """First line of a training."""

    version: Literal[1]
    type: Literal["ready"]
    program: str
    step: int = Field(description="Updates made before.")
    updates: int = Field(description="Updates to be made.")
    every: int


class FrameLine(Frame):
    """Where the training stands."""

    version: Literal[1]
    type: Literal["frame"]
    state: State | None = Field(description="Where it was asked for.")


class Result(Answer):
    """Where a training came to."""

    step: int
    epoch: int
    losses: SplitLosses
    accuracy: Accuracy
    learning_rate: Number
    stopped: Stopped | None = Field(description="That the condition to stop is met.")
    finished: Problem | None = Field(
        description="Why the training cannot go on; the state is the last good one."
    )
    state: State


class TrainingSummary(Result):
    """Last line of a training."""

    version: Literal[1]
    type: Literal["summary"]
    updates: int = Field(description="Updates made.")
    ended: Literal["updates", "stopped", "finished", "lifetime"] = Field(
        description="All updates are made; the condition to stop is met; it cannot go on; "
        "the stream has lasted as long as it may: hand the state back to go on."
    )


class ProblemLine(Answer):
    """Last line of a stream that failed; in a sweep, with a member, that this one drops out."""

    version: Literal[1]
    type: Literal["problem"]
    problem: Problem


class MemberReady(Answer):
    """A member of a sweep before its first update; of one that was refused, what there is to tell."""

    label: str
    settings: dict[str, Any] = Field(description="By path, what differs between the members.")
    program: str | None
    step: int | None
    network: NetworkReady | None
    data: int | None = Field(description="Its points: a place in the list of data.")


class SweepReady(Answer):
    """First line of a sweep."""

    version: Literal[1]
    type: Literal["ready"]
    members: list[MemberReady]
    data: list[DataReady] = Field(description="Each once: a single one where all members share it.")
    updates: int
    every: int


class MemberFrame(FrameLine):
    """Where a member of a sweep stands."""

    member: int


class MemberProblem(ProblemLine):
    """That a member was refused or failed: it drops out, and the others go on."""

    member: int


class Progress(Answer):
    """End of a round: every member that goes on has made as many updates."""

    version: Literal[1]
    type: Literal["progress"]
    done: int = Field(description="Updates made by each member that goes on.")
    total: int
    running: int = Field(description="Members that go on.")
    ended: int = Field(description="Members that made all updates or met their condition to stop.")
    failed: int = Field(description="Members that were refused, failed or cannot go on.")


class MemberSummary(Answer):
    """Where a member of a sweep came to."""

    label: str
    result: Result | None = Field(description="Null for a member that never began.")
    problem: Problem | None = Field(description="Why it was refused or failed.")


class SweepSummary(Answer):
    """Last line of a sweep."""

    version: Literal[1]
    type: Literal["summary"]
    members: list[MemberSummary]
    best: int | None = Field(
        description="The member of lowest loss over the validation points, its regularization left out; "
        "one that failed or cannot go on is none."
    )
    done: int
    ended: Literal["updates", "members", "lifetime"] = Field(
        description="All updates are made; no member can go on; the stream has lasted as long as it may."
    )


TrainingLine = TypeAliasType("TrainingLine", StreamReady | FrameLine | TrainingSummary | ProblemLine)
"""A line of a training."""

SweepLine = TypeAliasType(
    "SweepLine", SweepReady | MemberFrame | MemberProblem | Progress | SweepSummary | ProblemLine
)
"""A line of a sweep."""
