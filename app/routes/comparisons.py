"""What a net is compared with: nearest neighbours, and the one layer that it is if it is linear."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.comparisons import NeighboursTask, ask_neighbours, collapse
from app.compute import Compute
from app.parsing import StrictRoute
from app.rates import graph_call
from app.schemas.comparisons import CollapseAnswer, CollapseRequest, NeighboursAnswer, NeighboursRequest

router = APIRouter(prefix="/api/v1/trainings", tags=["trainings"], route_class=StrictRoute)


@router.post(
    "/neighbours",
    summary="k nearest neighbours",
    response_model=NeighboursAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_neighbours(body: NeighboursRequest, request: Request) -> Response:
    """The boundary that the k nearest training points draw, over the grid of a training's frames."""
    compute: Compute = request.app.state.compute
    task = NeighboursTask(
        data=body.data.model_dump(),
        features=tuple(body.features),
        k=body.k,
        size=body.size,
        standardized=body.standardized,
    )
    return Response(await compute.call(ask_neighbours, task), media_type="application/json")


@router.post(
    "/collapse",
    summary="Collapse a linear net into one layer",
    response_model=CollapseAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_collapse(body: CollapseRequest, request: Request) -> Response:
    """The one layer equal to a net without nonlinearities; where there is one, a problem that names it."""
    compute: Compute = request.app.state.compute
    answer = await compute.call(collapse, body.spec.model_dump(), body.state)
    return Response(answer, media_type="application/json")
