"""`GET /healthz`: that the server answers."""

from fastapi import APIRouter, Request

from app import VERSION
from app.schemas.catalogue import Health

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=Health, summary="That the server answers")
async def healthz(request: Request) -> Health:
    """Answers without computing anything."""
    state = request.app.state
    return Health(
        status="ok",
        version=VERSION,
        workers=state.settings.workers,
        sessions=len(state.sessions),
        streams=len(state.streams),
    )
