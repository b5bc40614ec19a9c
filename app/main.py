"""The application, put together."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import VERSION, description, problems
from app.assets import HashedFiles, Manifest
from app.bodies import BodyLimit
from app.compute import Compute
from app.executors import Crew, NoWorkersError, Workers
from app.live.sessions import Sessions
from app.places import STATIC
from app.rates import Rates
from app.routes import (
    beside,
    catalogue,
    comparisons,
    datasets,
    exports,
    graph,
    health,
    listings,
    pages,
    streams,
    trainings,
)
from app.security import SecurityHeaders
from app.settings import Settings
from app.streams.admission import Streams
from app.waiting_line import WaitingLine


def create_app(settings: Settings | None = None) -> FastAPI:
    """The server's application; nothing is computed or started before its lifespan begins.

    Raises NoWorkersError for a cluster without Dask installed here.
    """
    settings = settings or Settings()
    static = settings.static or STATIC
    compute = Compute(_executor(settings), settings.queue)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        await compute.start()
        yield
        await compute.stop()

    app = FastAPI(
        title="Chainrule",
        version=VERSION,
        summary="Type an expression, watch upstream x local = downstream travel every edge of its graph.",
        openapi_url="/api/v1/openapi.json",
        openapi_tags=list(description.TAGS),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.manifest = Manifest(static)
    app.state.compute = compute
    app.state.streams = Streams(compute, settings, lambda: sessions.playing())
    sessions = app.state.sessions = Sessions(compute, settings, app.state.streams.share.load)
    app.state.landscapes = WaitingLine(
        "landscapes", settings.landscapes, settings.landscapes_waiting, settings.landscapes_per_client
    )
    app.state.rates = Rates(settings.calls_per_second, settings.calls_per_address)
    problems.install(app)
    description.install(app)
    # the last one added is the outermost
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(SecurityHeaders)
    for routes in (
        pages,
        graph,
        catalogue,
        datasets,
        trainings,
        streams,
        beside,
        comparisons,
        exports,
        listings,
        health,
    ):
        app.include_router(routes.router)
    app.mount("/static", HashedFiles(directory=static, check_dir=False), name="static")
    return app


def _executor(settings: Settings) -> Workers:
    if settings.executor is None:
        return Crew(settings.workers, settings.deadline)
    try:
        # an optional dependency, and slow to load
        from app.cluster import Cluster
    except ModuleNotFoundError as error:
        raise NoWorkersError(
            f"`{error.name}`, which a Dask cluster needs, is not installed here",
            "install the extra `dask`: `pip install 'chainrule[dask]'`",
        ) from error
    return Cluster(settings.executor, settings.deadline)
