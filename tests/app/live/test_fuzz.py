"""Whatever is said, in whatever order, is obeyed or refused in words; nothing said breaks the server."""

import base64
import json
import struct
from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from app.settings import Settings

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]

ODD: list[Any] = [
    *(
        None,
        True,
        -1,
        0,
        1,
        3,
        2**31,
        2**53,
        10**30,
        0.5,
        -0.0,
        1e308,
        "",
        "h1",
        "W1",
        "x" * 300,
        "\u0000",
        "🙂",
    ),
    *([], [0], [0, 0], [-1, 2**40], ["a"], {}, {"layer": "h1"}, {"layer": "h1", "units": [0, 1]}, [[[[]]]]),
]


def said(random: Random, spec: dict[str, Any], states: list[str]) -> list[dict[str, Any]]:
    """Messages as a page says them, one of each kind."""
    return [
        {"type": "configure", "spec": spec | {"batch_size": random.randint(1, 90)}},
        {"type": "configure", "spec": spec, "state": random.choice(states)},
        {"type": "configure", "spec": spec, "restart": True},
        *({"type": kind} for kind in ("play", "pause", "watch", "state")),
        {"type": "step", "unit": random.choice(["update", "epoch"]), "count": random.randint(1, 40)},
        {"type": "rewind", "step": random.randint(0, 60)},
        {"type": "edit", "parameter": "b1", "index": [random.randint(0, 8)], "value": random.gauss(0, 1)},
        {"type": "speed", "updates_per_second": random.choice([None, 1, 300])},
        {"type": "watch", "units": True, "values": True, "hidden": {"layer": "h1"}},
        *({"type": kind, "step": random.randint(0, 60)} for kind in ("drawn", "taken", "state")),
    ]


def mangled(random: Random, message: dict[str, Any]) -> str | bytes:
    """A message with something wrong, often; or right, where chance leaves it so."""
    message = json.loads(json.dumps(message))
    places: list[dict[str, Any]] = [message, *(v for v in message.values() if isinstance(v, dict))]
    match random.randint(0, 7):
        case 0:
            place = random.choice(places)
            place[random.choice(list(place))] = random.choice(ODD)
        case 1:
            place = random.choice(places)
            del place[random.choice(list(place))]
        case 2:
            random.choice(places)[random.choice(["version", "more", "step", ""])] = random.choice(ODD)
        case 3:
            text = json.dumps(message)
            return text[: random.randrange(len(text))]
        case 4:
            content = bytearray(json.dumps(message).encode())
            content[random.randrange(len(content))] = random.randrange(32, 127)
            return content.decode()
        case 5:
            return random.randbytes(random.randrange(200))
        case _:
            pass
    return json.dumps(message)


@pytest.mark.parametrize("seed", range(4))
def test_messages_of_any_kind_in_any_order(
    seed: int,
    server: Any,
    join: Join,
    spec: dict[str, Any],
    reference: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    random = Random(seed)
    good = base64.b64encode(reference(40)).decode()
    states = [good, good[:-8], good[: len(good) // 2], "", base64.b64encode(random.randbytes(500)).decode()]
    with join(server) as live:
        if seed % 2:
            live.configure()
        for _ in range(120):
            live.socket.send(mangled(random, random.choice(said(random, spec, states))))
        # the mistakes are told as such, and the session is as good as new
        live.say("pause")
        live.say("configure", spec=spec, restart=True)
        live.say("step", unit="update", count=9)
        while (message := live.hear()).get("fingerprint") != reference.fingerprint(9):
            if message["type"] == "problem":
                assert message["problem"]["status"] in (413, 422, 429), message
        assert live.hear_all() == []
    # the client's own library logs too
    assert [record for record in caplog.records if record.name == "chainrule"] == []


HUGE = [
    {"type": "rewind", "step": 10**30},
    {"type": "step", "unit": "update", "count": 10**40},
    {"type": "edit", "parameter": "b1", "index": [10**30], "value": 1},
    {"type": "edit", "parameter": "b1", "index": [0], "value": 10**400},
    {"type": "watch", "hidden": {"layer": "h1", "units": [0, 10**30]}},
    {"type": "speed", "updates_per_second": 10**30},
    {"type": "configure", "spec": {"program": "loss = sum(X)", "seed": 10**30}},
    {"type": "configure", "spec": {"program": "loss = sum(X)", "batch_size": 10**30}},
]


def test_numbers_larger_than_any_are_refused_in_words(live: Any, reference: Any) -> None:
    live.configure()
    for message in HUGE:
        live.socket.send(json.dumps(message))
        assert live.hear()["problem"]["status"] == 422
    for kind in ("drawn", "taken", "state"):
        live.say(kind, step=10**30)
    live.say("step", unit="update")
    assert live.hear_frame()["fingerprint"] == reference.fingerprint(1)


def test_a_first_configure_that_is_refused_takes_nothing_from_the_next(
    live: Any, spec: dict[str, Any], reference: Any
) -> None:
    live.say("configure", spec=spec, state="no state")
    live.say("step", unit="update", count=5)
    live.say("configure", spec=spec, restart=True)
    live.say("step", unit="update", count=9)
    live.hear_problem("bad_state")
    assert live.hear_frame(lambda frame: frame["step"] > 0)["fingerprint"] == reference.fingerprint(9)


RAW = [
    # a text of 200 bytes that breaks off; one that says it is 2**62 bytes long
    b"\x81\xfe\x00\xc8abcd" + b"x" * 50,
    b"\x81\xff" + struct.pack(">Q", 2**62) + b"abcd",
    # without a mask, with an unknown opcode, with reserved bits, a control frame in parts, not UTF-8
    b"\x81\x05hello",
    b"\x83\x80abcd",
    b"\xf1\x80abcd",
    b"\x09\x80abcd",
    b"\x81\x82\x00\x00\x00\x00\xff\xfe",
    # no WebSocket at all
    b"GET / HTTP/1.1\r\n\r\n" * 20,
]


def shout(live: Any) -> None:
    """Say more than any message may hold, and hear what becomes of it."""
    live.socket.send("x" * (9 * 1024 * 1024))
    live.hear_end("finished")


def test_frames_that_break_off_or_are_none_end_their_own_session_alone(
    run_server: Run, join: Join, spec: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with run_server(Settings(workers=1)) as server, join(server) as other:
        other.configure()
        other.say("play")
        for content in RAW:
            with join(server) as live:
                live.configure()
                live.say("play")
                live.hear_frame()
                live.socket.socket.sendall(content)
                live.socket.socket.close()
        with join(server) as live:
            with pytest.raises(ConnectionClosed) as caught:
                shout(live)
            assert caught.value.rcvd is None or caught.value.rcvd.code == 1009
        step = other.hear_frame()["step"]
        assert other.hear_frame(lambda frame: frame["step"] > step)["playing"]
        while len(server.app.state.sessions) > 1:
            other.hear_frame()
    # the client's own library logs too
    assert [record for record in caplog.records if record.name == "chainrule"] == []
