"""A trained net to take away, and weights to put back."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.compute import Compute
from app.exports import export, put_back
from app.parsing import StrictRoute
from app.rates import graph_call
from app.schemas.exports import ExportRequest, WeightsAnswer, WeightsRequest

router = APIRouter(prefix="/api/v1/trainings", tags=["trainings"], route_class=StrictRoute)

FILES = {
    "json": ("weights.json", "application/json"),
    "npz": ("weights.npz", "application/octet-stream"),
    "numpy": ("net_numpy.py", "text/x-python"),
    "pytorch": ("net_pytorch.py", "text/x-python"),
}


CONTENT: dict[str, Any] = {
    "application/json": {"schema": {"type": "object", "description": "Parameters by name, nested lists."}},
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
    "text/x-python": {"schema": {"type": "string"}},
}
"""How each kind of file is described."""


@router.post(
    "/export",
    summary="Take a trained net away",
    response_class=Response,
    responses={200: {"description": "The file.", "content": CONTENT}},
    dependencies=[Depends(graph_call)],
)
async def post_export(body: ExportRequest, request: Request) -> Response:
    """A file: weights, or a script that, run by itself, prints the accuracy the net has here."""
    compute: Compute = request.app.state.compute
    content = await compute.call(export, body.spec.model_dump(), body.state, body.target)
    name, kind = FILES[body.target]
    return Response(content, 200, {"content-disposition": f'attachment; filename="{name}"'}, kind)


@router.post(
    "/weights",
    summary="Put weights back",
    response_model=WeightsAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_weights(body: WeightsRequest, request: Request) -> Response:
    """The state of a training with these numbers in place of those its seed draws."""
    compute: Compute = request.app.state.compute
    weights = {one.name: one.values for one in body.parameters}
    answer = await compute.call(put_back, body.spec.model_dump(), weights, body.step)
    return Response(answer, media_type="application/json")
