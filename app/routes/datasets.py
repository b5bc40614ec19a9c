"""Data sets: what there is, their points, points of one's own."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from app import catalogue
from app.compute import Compute
from app.data import read_points, sample_points
from app.parsing import StrictRoute
from app.problems import ProblemError
from app.rates import graph_call
from app.schemas.catalogue import DataSets
from app.schemas.data import CsvAnswer, CsvRequest, DataRequest, PointsQuery, SampledPoints
from engine.learning import DATASETS

router = APIRouter(prefix="/api/v1/datasets", tags=["catalogue"], route_class=StrictRoute)


@router.get("", summary="The data sets")
async def get_datasets() -> DataSets:
    """What a training can learn from, and with what."""
    return catalogue.datasets()


@router.get("/{name}", summary="The points of a data set", response_model=SampledPoints)
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
    points = await compute.call(sample_points, {"name": name, **asked.model_dump()})
    return Response(points, media_type="application/json")


@router.post(
    "/sample",
    summary="The points of data however described",
    response_model=SampledPoints,
    dependencies=[Depends(graph_call)],
)
async def post_sample(body: DataRequest, request: Request) -> Response:
    """The same for the data of a training request, points of one's own included."""
    compute: Compute = request.app.state.compute
    points = await compute.call(sample_points, body.model_dump())
    return Response(points, media_type="application/json")


@router.post(
    "/csv",
    summary="Read points from CSV text",
    response_model=CsvAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_csv(body: CsvRequest, request: Request) -> Response:
    """The points, ready to be trained on as `own`, and what was understood; the first mistake is a problem.

    Rows of x, y and a label, separated by commas, semicolons or tabs; between the latter two 1,5 means 1.5.
    """
    compute: Compute = request.app.state.compute
    points = await compute.call(read_points, body.text, body.scale)
    return Response(points, media_type="application/json")
