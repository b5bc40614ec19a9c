"""Trainings and sweeps as JSON lines."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.description import REFERENCE
from app.parsing import StrictRoute
from app.rates import Client, client, graph_call
from app.schemas.streams import SweepLine, SweepRequest, TrainingLine, TrainingStreamRequest
from app.streams.admission import Place, Streams
from app.streams.response import LineStream
from app.streams.sweep import Sweep
from app.streams.training import Training

router = APIRouter(
    prefix="/api/v1/trainings",
    tags=["trainings"],
    route_class=StrictRoute,
    dependencies=[Depends(graph_call)],
    default_response_class=LineStream,
)


def _lines(model: str) -> dict[int | str, dict[str, Any]]:
    """How the answer is described: each line by itself, as OpenAPI 3.2 has it."""
    return {
        200: {"content": {LineStream.media_type: {"itemSchema": {"$ref": REFERENCE.format(model=model)}}}}
    }


Asking = Annotated[Client, Depends(client)]


@router.post(
    "",
    summary="Train, a line for every frame",
    status_code=200,
    response_model=TrainingLine,
    responses=_lines("TrainingLine"),
)
async def post_training(body: TrainingStreamRequest, request: Request, asking: Asking) -> Response:
    """One training, told line by line: `ready`, frames, a `summary`; closing the connection calls it off.

    What fails before the first line is an ordinary problem, what fails later the last line. Bytes are
    base64; the same request gives the same lines.
    """
    return await _streamed(request, asking, lambda place: Training.begin(place, body))


@router.post(
    "/sweep",
    summary="Train side by side, a line for every frame",
    status_code=200,
    response_model=SweepLine,
    responses=_lines("SweepLine"),
)
async def post_sweep(body: SweepRequest, request: Request, asking: Asking) -> Response:
    """Many trainings in step: `ready`, then rounds of a frame for each member and `progress`, a `summary`.

    A member that is refused or fails says so and drops out. Closing the connection calls the sweep
    off; with the states of a round's frames it goes on later, bit for bit.
    """
    return await _streamed(request, asking, lambda place: Sweep.begin(place, body))


async def _streamed(
    request: Request, asking: Client, begin: Callable[[Place], Awaitable[Training | Sweep]]
) -> Response:
    streams: Streams = request.app.state.streams
    place = streams.enter(asking)
    try:
        begun = await begin(place)
    except BaseException:
        # otherwise the place is given back when the answer ends
        place.leave()
        raise
    return LineStream(place, begun.tell)
