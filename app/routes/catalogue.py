"""What there is to choose from: ops, examples, limits."""

from fastapi import APIRouter, Request

from app import catalogue
from app.examples import EXAMPLES
from app.schemas.catalogue import Examples, Limits, Ops

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
