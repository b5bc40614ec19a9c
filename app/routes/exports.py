"""A trained net to take away."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.compute import Compute
from app.exports import export
from app.parsing import StrictRoute
from app.rates import graph_call
from app.schemas.exports import ExportRequest

router = APIRouter(prefix="/api/v1/trainings", tags=["trainings"], route_class=StrictRoute)

FILES = {
    "json": ("weights.json", "application/json"),
    "npz": ("weights.npz", "application/octet-stream"),
    "numpy": ("net_numpy.py", "text/x-python"),
    "pytorch": ("net_pytorch.py", "text/x-python"),
}


@router.post("/export", summary="Take a trained net away", dependencies=[Depends(graph_call)])
async def post_export(body: ExportRequest, request: Request) -> Response:
    """A file: weights, or a script that, run by itself, prints the accuracy the net has here."""
    compute: Compute = request.app.state.compute
    content = await compute.call(export, body.spec.model_dump(), body.state, body.target)
    name, kind = FILES[body.target]
    return Response(content, 200, {"content-disposition": f'attachment; filename="{name}"'}, kind)
