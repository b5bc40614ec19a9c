"""uvicorn, set up for this application."""

import logging
import socket
from collections.abc import Callable
from typing import cast

import uvicorn
from fastapi import FastAPI

from app.compute import Compute
from app.live.sessions import Sessions
from app.main import create_app
from app.settings import Settings
from app.streams.admission import Streams


def configure(settings: Settings, host: str, port: int) -> uvicorn.Config:
    """The server's own limits; compression of live frames would cost many times the frames themselves."""
    # kept but once, however often it is added
    logging.getLogger("uvicorn.error").addFilter(_of_use)
    return uvicorn.Config(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_per_message_deflate=False,
        # one message may be a little too large and still be answered in words
        ws_max_size=2 * settings.training_body,
        ws_max_queue=8,
        limit_concurrency=settings.concurrency,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


def _of_use(record: logging.LogRecord) -> bool:
    """Whether a record says something of the server: what a client did wrong is no failure of it.

    A text message that is not UTF-8 is said without a traceback, and not at all that a socket was
    refused in words, which uvicorn takes for a handshake forgotten.
    """
    if record.exc_info and isinstance(record.exc_info[1], UnicodeDecodeError):
        record.exc_info = None
    return "without completing handshake" not in record.getMessage()


class Server(uvicorn.Server):
    """A server that can say where it listens."""

    when_started: Callable[[], None] | None = None

    @property
    def compute(self) -> Compute:
        """Where its application computes."""
        return cast("FastAPI", self.config.app).state.compute

    @property
    def port(self) -> int:
        """The port, also when any free one was asked for."""
        return int(self.servers[0].sockets[0].getsockname()[1])

    @property
    def address(self) -> str:
        """What to type into a browser."""
        host = self.config.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; streams and sessions, whose end cannot be waited for, say their last words first."""
        assert isinstance(self.config.app, FastAPI)
        streams: Streams = self.config.app.state.streams
        sessions: Sessions = self.config.app.state.sessions
        streams.stop()
        await sessions.part()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell whoever wants to know."""
        await super().startup(sockets)
        if self.started and self.when_started is not None:
            self.when_started()
