"""Trainings: the layer builder and the live session."""

from fastapi import APIRouter, WebSocket

from app.live.sessions import Sessions
from app.parsing import StrictRoute
from app.schemas.trainings import ProgramAnswer, ProgramRequest
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
    )
    return ProgramAnswer(program=program)


@router.websocket("/live")
async def live(socket: WebSocket) -> None:
    """One training, driven by its client."""
    sessions: Sessions = socket.app.state.sessions
    await sessions.serve(socket)
