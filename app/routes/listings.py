"""Whole programs in NumPy, run a line at a time."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app import listings
from app.compute import Compute
from app.parsing import StrictRoute
from app.problems import ProblemError
from app.rates import graph_call
from app.schemas.listings import ListingAnswer, ListingRequest, Listings
from engine.errors import quoted
from engine.learning.listings import LISTINGS

router = APIRouter(prefix="/api/v1", tags=["listings"], route_class=StrictRoute)


@router.get("/listings", summary="The listings")
async def get_listings() -> Listings:
    """Their texts, and the numbers in them that may be changed."""
    return Listings.model_validate({"listings": listings.described()})


@router.post(
    "/listings/{name}",
    summary="Run a listing line by line",
    response_model=ListingAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_listing(name: str, body: ListingRequest, request: Request) -> Response:
    """Steps of a run: the line, the names it assigned with their shapes and statistics, the losses so far."""
    if name not in LISTINGS:
        raise ProblemError(
            404,
            "unknown_listing",
            f"there is no listing {quoted(name)}",
            hint=f"there are {', '.join(f'`{one}`' for one in LISTINGS)}",
            parameters={"name": name},
        )
    compute: Compute = request.app.state.compute
    task = listings.ListingTask(
        name=name,
        values=body.values,
        first=body.first,
        count=body.count,
        stride=body.stride,
        losses_from=body.losses_from,
    )
    return Response(await compute.call(listings.run_listing, task), media_type="application/json")
