"""Who may open a session, and how it ends."""

import base64
import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from socket import SHUT_RDWR
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.settings import Settings
from app.states import fingerprint

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]


def test_origin_must_be_the_servers_own(server: Any, join: Join) -> None:
    with join(server, origin=server.http) as live:
        live.configure()
    for origin in (
        "http://evil.example",
        f"https://127.0.0.1:{server.port}",
        f"http://127.0.0.1:{server.port + 1}",
        f"http://localhost:{server.port}",
        "http://127.0.0.1",
        "null",
        "",
        "file://",
        "http://[",
    ):
        with pytest.raises(InvalidStatus) as caught, join(server, origin=origin):
            pass
        response = caught.value.response
        assert response.status_code == 403, origin
        assert response.headers["content-type"] == "application/problem+json"
        assert json.loads(response.body or b"")["code"] == "wrong_origin"


def test_one_session_too_many_is_told_to_come_again(run_server: Run, join: Join) -> None:
    with run_server(Settings(workers=1, sessions=1)) as server:
        with join(server) as first:
            first.configure()
            with pytest.raises(InvalidStatus) as caught, join(server):
                pass
            assert caught.value.response.status_code == 503
            assert caught.value.response.headers["retry-after"] == "5"
        assert until(lambda: may_join(server, join))


def may_join(server: Any, join: Join) -> bool:
    try:
        with join(server) as live:
            live.configure()
    except InvalidStatus:
        return False
    return True


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
    return False


def test_silent_session_is_closed(run_server: Run, join: Join) -> None:
    with run_server(Settings(workers=1, idle_seconds=0.2)) as server, join(server) as live:
        live.hear_problem("idle")
        with pytest.raises(ConnectionClosed) as caught:
            live.hear()
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 4408


def test_old_session_is_closed_though_it_speaks(run_server: Run, join: Join, reference: Any) -> None:
    with run_server(Settings(workers=1, lifetime_seconds=2)) as server:
        with join(server) as live:
            live.configure()
            live.say("play")
            while (message := live.hear())["type"] != "problem":
                pass
            assert message["problem"]["code"] == "lifetime"
            with pytest.raises(ConnectionClosed) as caught:
                live.hear_all()
            assert caught.value.rcvd is not None
            assert caught.value.rcvd.code == 4410
            kept = live.kept
        # what was reached can be handed in
        with join(server) as live:
            _, frame = live.configure(state=base64.b64encode(kept).decode())
            assert frame["fingerprint"] == fingerprint(kept)


def test_one_client_gets_no_more_than_its_sessions(run_server: Run, join: Join) -> None:
    with run_server(Settings(workers=1, sessions_per_client=2)) as server, ExitStack() as open_sessions:
        for client in ("", "?client=ada", "?client=bob"):
            for _ in range(2):
                open_sessions.enter_context(join(server, client))
            with pytest.raises(InvalidStatus) as caught, join(server, client):
                pass
            response = caught.value.response
            assert response.status_code == 429
            problem = json.loads(response.body or b"")
            assert (problem["code"], problem["limit"]) == ("too_many_sessions", "sessions_per_client")
        with pytest.raises(InvalidStatus), join(server, "?client=" + "x" * 65):
            pass
        open_sessions.close()
        assert until(lambda: may_join(server, join))
        assert until(lambda: not server.app.state.sessions.clients)


def test_server_stops_with_sessions_playing(run_server: Run, join: Join) -> None:
    with ExitStack() as clients:
        with run_server(Settings(workers=1)) as server:
            live = [clients.enter_context(join(server)) for _ in range(2)]
            for client in live:
                client.configure()
            live[0].say("play")
            live[0].hear_frame()
            # one amid the many slices of a step
            live[1].say("step", unit="update", count=100_000)
            live[1].hear_kind("status")
            begun = time.monotonic()
        # leaving the block stopped the server
        assert time.monotonic() - begun < 10
        for client in live:
            with pytest.raises(ConnectionClosed) as caught:
                client.hear_all()
            # "service restart": a page tries again
            assert caught.value.rcvd is not None
            assert caught.value.rcvd.code == 1012


def test_client_that_vanishes_leaves_nothing_behind(run_server: Run, join: Join) -> None:
    with run_server(Settings(workers=1)) as server:
        for _ in range(3):
            with join(server) as client:
                client.configure()
                client.say("play")
                client.hear_frame()
                # no farewell: as when a cable is pulled
                client.socket.socket.shutdown(SHUT_RDWR)
        assert until(lambda: len(server.app.state.sessions) == 0)
        with join(server) as live:
            live.configure()
