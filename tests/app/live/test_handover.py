"""The state a client keeps: at rest at once, under way now and then, never two at a time."""

import base64
from collections.abc import Callable
from contextlib import ExitStack, suppress
from types import ModuleType
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from app.live import handover as module
from app.live.handover import Handover
from app.settings import Settings
from app.states import fingerprint


@pytest.fixture
def clock(clock_of: Callable[[ModuleType], Any]) -> Any:
    return clock_of(module)


def test_a_state_leaves_once_and_not_before_the_last_was_taken(clock: Any) -> None:
    handover = Handover()
    assert handover.wait(b"", under_way=False) is None
    assert handover.wait(b"one", under_way=True) == 0
    handover.leave(1, b"one")
    assert handover.wait(b"two", under_way=False) is None
    handover.taken(2)
    assert handover.wait(b"two", under_way=False) is None
    handover.taken(1)
    assert handover.wait(b"one", under_way=False) is None
    assert handover.wait(b"two", under_way=False) == 0


def test_under_way_a_second_lies_between_two(clock: Any) -> None:
    handover = Handover()
    handover.leave(1, b"one")
    handover.taken(1)
    clock.now += 0.25
    assert handover.wait(b"two", under_way=True) == 0.75
    assert handover.wait(b"two", under_way=False) == 0
    clock.now += 0.75
    assert handover.wait(b"two", under_way=True) == 0


def test_a_slow_line_is_left_to_the_frames_most_of_the_time(clock: Any) -> None:
    handover = Handover()
    handover.leave(1, b"one")
    clock.now += 2
    handover.taken(1)
    assert handover.wait(b"two", under_way=True) == 8
    # at rest there are none
    assert handover.wait(b"two", under_way=False) == 0
    handover.leave(2, b"two")
    # as when a laptop slept
    clock.now += 3600
    handover.taken(2)
    clock.now += 10
    assert handover.wait(b"three", under_way=True) == 0


def newest_after_pause(live: Any, frame: dict[str, Any]) -> dict[str, Any]:
    """The last frame there is, once all is said; that frame where none follows."""
    live.say("pause")
    return [frame, *(message for message in live.hear_all() if message["type"] == "frame")][-1]


def test_at_rest_the_state_follows_its_frame(live: Any, reference: Any) -> None:
    live.configure()
    assert live.hear_anything()["type"] == "state"
    assert live.kept == reference(0)
    live.say("step", unit="update", count=7)
    live.hear_frame()
    message = live.hear_anything()
    assert list(message) == ["version", "type", "step", "asked", "state"]
    assert (message["step"], message["asked"], message["state"]) == (7, False, reference(7))
    live.say("play")
    frame = live.hear_frame(lambda frame: frame["step"] > 50)
    newest = newest_after_pause(live, frame)
    while fingerprint(live.kept) != newest["fingerprint"]:
        assert live.hear_anything()["type"] == "state"


def test_while_it_plays_no_state_comes_before_the_last_is_taken(live: Any, reference: Any) -> None:
    live.takes = False
    live.configure()
    # slow enough to be followed by the reference
    live.say("speed", updates_per_second=300)
    live.say("play")
    heard = [live.hear_anything() for _ in range(12)]
    assert [message["step"] for message in heard if message["type"] == "state"] == [0]
    live.takes = True
    live.say("taken", step=0)
    while (message := live.hear_anything())["type"] != "state":
        pass
    assert message["step"] > 0
    assert message["state"] == reference(message["step"])


def test_the_state_of_the_frame_shown_is_told_to_whoever_asks(
    live: Any, spec: dict[str, Any], reference: Any
) -> None:
    live.configure()
    live.say("play")
    for _ in range(5):
        shown = live.hear_frame(lambda frame: frame["step"] > 0)
        assert live.state(shown) == reference(shown["step"])
    newest = newest_after_pause(live, shown)
    # of a frame that is not shown any more, and of none in particular, the present one
    for fields in ({"step": 10**9}, {}):
        live.say("state", **fields)
        message = live.hear_anything()
        assert (message["asked"], fingerprint(message["state"])) == (True, newest["fingerprint"])
    live.configure(spec, state=base64.b64encode(reference(3)).decode())
    live.say("state", step=newest["step"])
    while not (message := live.hear_anything()).get("asked"):
        pass
    assert (message["step"], message["state"]) == (3, reference(3))


def test_a_server_that_stops_hands_over_what_was_reached(
    run_server: Callable[..., Any], join: Callable[..., Any], reference: Any
) -> None:
    with ExitStack() as clients:
        with run_server(Settings(workers=1)) as server:
            live = clients.enter_context(join(server))
            # the state of the start is on its way for ever, so that no other follows
            live.takes = False
            live.configure()
            live.say("step", unit="update", count=7)
            assert live.hear_frame(lambda frame: frame["step"] == 7)
        with suppress(ConnectionClosed):
            while True:
                live.hear_anything()
        assert live.kept == reference(7)
