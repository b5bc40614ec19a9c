"""Jinja page shells: what a browser gets before the page's own script takes over."""

from collections.abc import Mapping
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.assets import Manifest
from app.places import TEMPLATES

_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
)


def render(
    request: Request,
    template: str,
    context: Mapping[str, object],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page, never kept by the browser without asking again."""
    manifest: Manifest = request.app.state.manifest
    html = _environment.get_template(template).render(
        context, nonce=request.scope["nonce"], entry=manifest.entry, path=request.url.path
    )
    return HTMLResponse(html, status, {"cache-control": "no-cache", **(headers or {})})


def wants_html(request: Request) -> bool:
    """Whether somebody looks: a browser opening an address, not a script calling the API."""
    looked_at = not request.url.path.startswith(("/api/", "/static/", "/healthz"))
    return looked_at and "text/html" in request.headers.get("accept", "")


def error_page(
    request: Request, problem: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Response:
    """The problem as a page with a way back."""
    return render(request, "error.html", {"problem": problem}, problem["status"], headers)
