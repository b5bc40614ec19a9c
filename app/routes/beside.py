"""What stands beside a net that trains: its loss as a landscape, the noise of its gradients."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.compute import Compute
from app.landscapes import LandscapeTask, survey
from app.noise import NoiseTask, measure_noise
from app.parsing import StrictRoute
from app.rates import Client, client, graph_call
from app.schemas.landscapes import LandscapeAnswer, LandscapeRequest, Valleys
from app.schemas.noise import NoiseAnswer, NoiseRequest
from app.valleys import valleys
from app.waiting_line import WaitingLine

router = APIRouter(prefix="/api/v1/trainings", tags=["trainings"], route_class=StrictRoute)


@router.get("/landscape", summary="Landscapes worth walking down")
async def get_landscapes() -> Valleys:
    """Programs with two trained numbers, whose landscape is exact, with optimizers to send down it."""
    return valleys()


@router.post(
    "/landscape",
    summary="The loss as a landscape",
    response_model=LandscapeAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_landscape(
    body: LandscapeRequest, request: Request, asking: Annotated[Client, Depends(client)]
) -> Response:
    """The loss over a grid, and the paths of several optimizers from the same start.

    Each takes a worker for its whole run, so few are computed at once and the next ones wait, few of
    them of one client.
    """
    compute: Compute = request.app.state.compute
    line: WaitingLine = request.app.state.landscapes
    task = LandscapeTask(
        spec=body.spec.model_dump(),
        state=body.state,
        optimizers=tuple([runner.model_dump() for runner in body.optimizers]),
        updates=body.updates,
        every=body.every,
        size=body.size,
        directions=body.directions,
        seed=body.seed,
        start=None if body.start is None else (body.start[0], body.start[1]),
    )
    async with line.turn(request, asking):
        return Response(await compute.call(survey, task), media_type="application/json")


@router.post(
    "/noise",
    summary="Gradient noise against its cost",
    response_model=NoiseAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_noise(body: NoiseRequest, request: Request) -> Response:
    """How far gradients of minibatches stray from that of the full set, size by size, timed."""
    compute: Compute = request.app.state.compute
    task = NoiseTask(
        spec=body.spec.model_dump(),
        state=body.state,
        sizes=None if body.sizes is None else tuple(body.sizes),
        draws=body.draws,
    )
    return Response(await compute.call(measure_noise, task), media_type="application/json")
