"""The pages: shells that name the script of each page and hand it its data."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from app import VERSION, catalogue, listings, reference
from app.assets import Manifest
from app.examples import EXAMPLES
from app.pages import render
from app.places import TEMPLATES

router = APIRouter(include_in_schema=False, default_response_class=Response)

EXAMPLE_DATA = {"examples": [example.model_dump(mode="json") for example in EXAMPLES]}


def _shell(request: Request, page: str, title: str, data: dict[str, Any]) -> Response:
    manifest: Manifest = request.app.state.manifest
    files = manifest.entry(f"src/{page}/main.ts")
    if files is None:
        return render(request, "unbuilt.html", {"title": title})
    data = {"version": VERSION, "page": page, **data}
    return render(request, "page.html", {"title": title, "files": files, "data": data})


def _choices() -> dict[str, Any]:
    return {"choices": catalogue.datasets().model_dump(mode="json")}


@router.get("/")
async def home(request: Request) -> Response:
    """The gallery."""
    return _shell(request, "home", "Chainrule", EXAMPLE_DATA)


@router.get("/graph")
async def graph(request: Request) -> Response:
    """The computational graph of a program."""
    return _shell(request, "graph", "Graph", EXAMPLE_DATA)


@router.get("/embed/graph")
async def embedded_graph(request: Request) -> Response:
    """The graph alone, to stand in a frame on anybody's page."""
    request.scope["framing"] = "anywhere"
    return _shell(request, "embed", "Graph", EXAMPLE_DATA)


@router.get("/train")
async def train(request: Request) -> Response:
    """A classifier that trains while one looks."""
    return _shell(request, "train", "Train", _choices())


@router.get("/embed/train")
async def embedded_train(request: Request) -> Response:
    """The training alone, to stand in a frame on anybody's page."""
    request.scope["framing"] = "anywhere"
    return _shell(request, "train", "Train", {**_choices(), "embedded": True})


@router.get("/compare")
async def compare(request: Request) -> Response:
    """Several nets trained side by side, and optimizers racing down one landscape."""
    return _shell(request, "compare", "Compare", _choices())


@router.get("/activations")
async def activations(request: Request) -> Response:
    """The activation zoo: curves, derivatives, and what is measured of them."""
    return _shell(request, "activations", "Activations", {})


@router.get("/numpy")
async def numpy(request: Request) -> Response:
    """Whole programs in NumPy, run a line at a time."""
    return _shell(request, "numpy", "NumPy", {"listings": listings.described()})


@router.get("/losses")
async def losses(request: Request) -> Response:
    """Softmax cross-entropy beside the multiclass hinge, and the penalty added to either."""
    return _shell(request, "losses", "Losses", {})


@router.get("/api")
async def api(request: Request) -> Response:
    """The REST API, described."""
    context = reference.context(request.app.openapi())
    return render(request, "api.html", {"address": str(request.base_url), **context})


@router.get("/favicon.svg")
async def favicon() -> Response:
    """The mark: two gates and the wires between them."""
    return FileResponse(TEMPLATES / "favicon.svg", headers={"cache-control": "max-age=86400"})
