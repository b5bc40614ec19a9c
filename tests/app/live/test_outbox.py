"""One frame in flight; of those that wait, the newest; and that one always arrives."""

from typing import Any

import msgpack
import pytest
from starlette.websockets import WebSocketDisconnect, WebSocketState

from app.encoding import to_entries
from app.live.outbox import Outbox
from app.problems import ProblemError

pytestmark = pytest.mark.anyio


class Socket:
    """Takes everything at once."""

    def __init__(self) -> None:
        self.application_state = WebSocketState.CONNECTED
        self.heard: list[dict[str, Any]] = []

    async def send_bytes(self, content: bytes) -> None:
        self.heard.append(msgpack.unpackb(content))

    @property
    def steps(self) -> list[int]:
        return [message["step"] for message in self.heard if message["type"] == "frame"]


@pytest.fixture
def socket() -> Socket:
    return Socket()


@pytest.fixture
def outbox(socket: Any) -> Outbox:
    return Outbox(socket, lambda: {"playing": len(socket.heard) > 0})


async def offer(outbox: Outbox, step: int) -> None:
    await outbox.offer(step, b"%d" % step, to_entries({"step": step}))


async def test_the_newest_waits_until_the_one_in_flight_is_drawn(outbox: Outbox, socket: Socket) -> None:
    for step in range(5):
        await offer(outbox, step)
    assert socket.steps == [0]
    await outbox.drawn(3)
    assert socket.steps == [0]
    await outbox.drawn(0)
    assert socket.steps == [0, 4]
    await outbox.drawn(4)
    assert socket.steps == [0, 4]
    await offer(outbox, 9)
    assert socket.steps == [0, 4, 9]
    # what is said of the moment is that of the moment it leaves
    assert [message["playing"] for message in socket.heard] == [False, True, True]


async def test_the_last_frame_asked_for_arrives_however_slow_the_client(
    outbox: Outbox, socket: Socket
) -> None:
    await offer(outbox, 100)
    # a step, a rewind and an edit where it led, while the frame before them is still on its way
    for step in (101, 40, 40):
        await offer(outbox, step)
    await outbox.drawn(100)
    await outbox.drawn(40)
    assert socket.steps == [100, 40]


async def test_a_new_run_waits_for_nothing_of_the_old(outbox: Outbox, socket: Socket) -> None:
    await offer(outbox, 7)
    await offer(outbox, 8)
    outbox.start_over()
    await outbox.drawn(7)
    await outbox.say("ready")
    await offer(outbox, 0)
    assert [message["type"] for message in socket.heard] == ["frame", "ready", "frame"]
    assert socket.steps == [7, 0]


async def test_messages_pass_frames_that_wait(outbox: Outbox, socket: Socket) -> None:
    await offer(outbox, 1)
    await offer(outbox, 2)
    await outbox.say_problem(ProblemError(422, "wrong", "something was wrong"))
    assert [message["type"] for message in socket.heard] == ["frame", "problem"]


async def test_nothing_is_said_to_a_client_that_is_gone(outbox: Outbox, socket: Socket) -> None:
    socket.application_state = WebSocketState.DISCONNECTED
    with pytest.raises(WebSocketDisconnect):
        await offer(outbox, 1)
