"""Trainings: the layer builder, a minibatch and an update opened up, and the live session."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, WebSocket
from starlette.responses import Response

from app.batch import BatchTask, trace_batch
from app.compute import Compute
from app.live.sessions import Sessions
from app.parsing import StrictRoute
from app.rates import graph_call
from app.schemas.graph import Selection
from app.schemas.trainings import BatchAnswer, BatchRequest, ProgramAnswer, ProgramRequest
from app.schemas.updates import UpdateAnswer, UpdateRequest
from app.updates import UpdateTask, take_apart
from engine.learning import write_program

router = APIRouter(prefix="/api/v1/trainings", tags=["trainings"], route_class=StrictRoute)


@router.post("/program", summary="Write a network as a program")
async def post_program(body: ProgramRequest) -> ProgramAnswer:
    """The layers as a program in the language, initializers included."""
    program = write_program(
        features=body.features,
        hidden=tuple(body.hidden),
        classes=body.classes,
        activation=body.activation,
        regularization=body.regularization,
        bias=body.bias,
        initializer=body.initializer,
        scale=body.scale,
        loss=body.loss,
        regularizer=body.regularizer,
        regularization_l1=body.regularization_l1,
        exempt_biases=body.exempt_biases,
    )
    return ProgramAnswer(program=program)


@router.post(
    "/batch",
    summary="Open a minibatch as a graph",
    response_model=BatchAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_batch(body: BatchRequest, request: Request) -> Response:
    """Any minibatch of a training, traced: X, y and the state's parameters are the program's inputs."""
    compute: Compute = request.app.state.compute
    task = BatchTask(
        spec=body.spec.model_dump(),
        state=body.state,
        epoch=body.epoch,
        position=body.position,
        lump=tuple([item for item in body.lump if isinstance(item, str)]),
        selections=tuple(
            [(item.name, tuple(item.keys)) for item in body.lump if isinstance(item, Selection)]
        ),
        copies=body.copies,
        full=frozenset(body.full),
        inputs=body.inputs,
    )
    return Response(await compute.call(trace_batch, task), media_type="application/json")


@router.post(
    "/update",
    summary="Take one update apart",
    response_model=UpdateAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_update(body: UpdateRequest, request: Request) -> Response:
    """The next update of a training: forward, loss, backward, and the optimizer's step, number by number."""
    compute: Compute = request.app.state.compute
    asked = body.element
    element = None if asked is None else (asked.parameter, tuple(asked.index))
    task = UpdateTask(body.spec.model_dump(), body.state, element)
    return Response(await compute.call(take_apart, task), media_type="application/json")


@router.websocket("/live")
async def live(
    socket: WebSocket,
    client: Annotated[
        str, Query(max_length=64, description="Any text; tells clients behind one address apart.")
    ] = "",
) -> None:
    """One training, driven by its client."""
    sessions: Sessions = socket.app.state.sessions
    await sessions.serve(socket, client)
