"""What there is to choose from: ops, examples, limits, data sets."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import catalogue
from app.compute import Compute
from app.examples import EXAMPLES
from app.problems import ProblemError
from app.schemas.catalogue import DataSets, Examples, Limits, Ops, PointsQuery, SampledPoints
from app.tasks import sample_points
from engine.learning import DATASETS

router = APIRouter(prefix="/api/v1", tags=["catalogue"])


@router.get("/ops", summary="The op table")
async def get_ops() -> Ops:
    """Every function of the language."""
    return catalogue.ops()


@router.get("/examples", summary="The gallery")
async def get_examples() -> Examples:
    """Programs worth opening, each with what to look at."""
    return Examples(examples=list(EXAMPLES))


@router.get("/limits", summary="The table of limits")
async def get_limits(request: Request) -> Limits:
    """How much one may ask for."""
    return catalogue.limits(request.app.state.settings)


@router.get("/datasets", summary="The data sets")
async def get_datasets() -> DataSets:
    """What a training can learn from, and with what."""
    return catalogue.datasets()


@router.get("/datasets/{name}", summary="The points of a data set", response_model=SampledPoints)
async def get_dataset(name: str, request: Request, asked: Annotated[PointsQuery, Query()]) -> Response:
    """The points that a training with the same settings learns from and is judged by."""
    if name not in DATASETS:
        raise ProblemError(
            404,
            "unknown_name",
            f"there is no data set named `{name[:40]}`",
            hint=f"choose one of {', '.join(DATASETS)}",
            parameters={"what": "data set", "value": name[:40], "allowed": list(DATASETS)},
        )
    compute: Compute = request.app.state.compute
    settings = asked.model_dump(exclude_none=True)
    return Response(await compute.call(sample_points, name, settings), media_type="application/json")
