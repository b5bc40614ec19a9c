"""`POST /api/v1/graph`: a program traced, or priced from shapes alone."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.compute import Compute
from app.parsing import StrictRoute
from app.problems import ProblemError
from app.rates import graph_call
from app.schemas.graph import (
    CodeAnswer,
    CodeRequest,
    GraphAnswer,
    GraphRequest,
    ProgramRequest,
    Selection,
    ShapesAnswer,
)
from app.tasks import Drawing, GraphTask, ShapesTask, infer_shapes, trace_graph, write_code

VALUED = (
    *("inputs", "upstream", "output", "lump", "apart", "collapse", "copies"),
    *("check", "jacobians", "touch", "full"),
)
"""The fields that only make sense with values."""

LARGE = "/trainings"
"""Where the same questions may hold as many numbers as a training: an opened minibatch is asked for there."""

router = APIRouter(prefix="/api/v1", tags=["graph"], route_class=StrictRoute)


@router.post(
    "/graph",
    summary="Trace a program",
    response_model=GraphAnswer | ShapesAnswer,
    dependencies=[Depends(graph_call)],
)
@router.post(
    f"{LARGE}/graph",
    operation_id="post_large_graph",
    summary="Trace a program of many numbers",
    description="As `POST /api/v1/graph`, with a body as large as a training's: a minibatch fits.",
    response_model=GraphAnswer | ShapesAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_graph(body: GraphRequest, request: Request) -> Response:
    """The program's graph: value and gradient on every node, upstream, local and downstream on every edge.

    With shapes in place of inputs: shapes, costs and Jacobian bytes, without values.
    """
    compute: Compute = request.app.state.compute
    if body.shapes is not None:
        _refuse_values(body)
        shapes = {name: tuple(shape) for name, shape in body.shapes.items()}
        priced = await compute.call(infer_shapes, ShapesTask(body.source, shapes, body.dtype, body.layout))
        return Response(priced, media_type="application/json")
    task = GraphTask(
        drawing=_drawing(body, copies=body.copies),
        check=body.check,
        jacobians=frozenset(body.jacobians) if isinstance(body.jacobians, list) else body.jacobians,
        layout=body.layout,
        touch=None if body.touch is None else (body.touch.edge, tuple(body.touch.element)),
        full=frozenset(body.full),
    )
    return Response(await compute.call(trace_graph, task), media_type="application/json")


def _drawing(body: ProgramRequest, copies: bool = False) -> Drawing:
    return Drawing(
        source=body.source,
        inputs=body.inputs,
        upstream=body.upstream,
        seed=body.seed,
        apart=tuple(body.apart),
        lump=tuple([item for item in body.lump if isinstance(item, str)]),
        selections=tuple(
            [(item.name, tuple(item.keys)) for item in body.lump if isinstance(item, Selection)]
        ),
        collapse=frozenset(body.collapse),
        copies=copies,
        output=body.output,
    )


@router.post(
    "/graph/code",
    summary="Write a program in another form",
    response_model=CodeAnswer,
    dependencies=[Depends(graph_call)],
)
@router.post(
    f"{LARGE}/graph/code",
    operation_id="post_large_code",
    summary="Write a program of many numbers in another form",
    description="As `POST /api/v1/graph/code`, with a body as large as a training's.",
    response_model=CodeAnswer,
    dependencies=[Depends(graph_call)],
)
async def post_code(body: CodeRequest, request: Request) -> Response:
    """Flat NumPy, modular NumPy, PyTorch, LaTeX or DOT; run by itself, the code gives the trace's numbers."""
    compute: Compute = request.app.state.compute
    written = await compute.call(write_code, _drawing(body), body.target)
    return Response(written, media_type="application/json")


def _refuse_values(body: GraphRequest) -> None:
    """Raise ProblemError when shapes come with anything that needs values."""
    for name in VALUED:
        if getattr(body, name) != GraphRequest.model_fields[name].default:
            raise ProblemError(
                422,
                "shapes_without_values",
                f"`shapes` and `{name}` cannot go together",
                hint=f"leave `{name}` out: from shapes alone, only shapes and costs are answered",
                parameters={"field": name},
            )
