"""A mistake is answered with a problem, and the session lives on."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from engine.learning import write_program

MESSAGES: list[tuple[Any, str]] = [
    ("", "not_json"),
    ("{", "not_json"),
    ("[]", "invalid_request"),
    ("null", "invalid_request"),
    ('"play"', "invalid_request"),
    ("{}", "invalid_request"),
    ('{"type": "fly"}', "invalid_request"),
    ('{"type": 1}', "invalid_request"),
    ('{"type": ["play"]}', "invalid_request"),
    ('{"type": "play", "loud": true}', "invalid_request"),
    ('{"type": "step"}', "invalid_request"),
    ('{"type": "step", "unit": "year"}', "invalid_request"),
    ('{"type": "rewind", "step": -1}', "invalid_request"),
    ('{"type": "rewind", "step": true}', "invalid_request"),
    ('{"type": "speed", "updates_per_second": 0}', "invalid_request"),
    ('{"type": "speed", "updates_per_second": "fast"}', "invalid_request"),
    ('{"type": "speed", "updates_per_second": NaN}', "not_finite"),
    ('{"type": "speed", "updates_per_second": 1e400}', "invalid_request"),
    ('{"type": "drawn", "step": 1.5}', "invalid_request"),
    ('{"type": "configure"}', "invalid_request"),
    ('{"type": "configure", "spec": {"program": 1}}', "invalid_request"),
    ('{"type": "rewind", "step": 7}', "out_of_range"),
    ("[" * 50_000, "too_deep"),
    (r'{"type": "\ud800"}', "lone_surrogate"),
    (b"\x00\x01", "not_text"),
    ("x" * (4 * 1024 * 1024 + 1), "message_too_large"),
]


def test_every_wrong_message_is_answered_and_the_session_lives(live: Any) -> None:
    live.configure()
    for message, code in MESSAGES:
        live.socket.send(message)
        live.hear_problem(code)
    live.say("step", unit="update")
    assert live.hear_frame()["step"] == 1


def test_a_log_has_one_line_for_text_that_is_none_and_none_for_a_socket_refused(
    server: Any, join: Callable[..., AbstractContextManager[Any]], caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("uvicorn")
    log.addHandler(caplog.handler)
    try:
        with join(server) as client:
            client.socket.send(b"\xff\xfe", text=True)
            with pytest.raises(ConnectionClosed) as closed:
                client.hear()
        with pytest.raises(InvalidStatus), join(server, origin="https://elsewhere.example"):
            pass
    finally:
        log.removeHandler(caplog.handler)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1007
    (record,) = caplog.records
    assert "Invalid UTF-8" in record.message
    assert record.exc_info is None
    with join(server) as another:
        another.configure()


@pytest.mark.parametrize("kind", ["play", "pause", "step", "rewind", "speed", "watch", "drawn"])
def test_message_before_configure_is_out_of_order(kind: str, live: Any) -> None:
    fields: dict[str, dict[str, Any]] = {
        "step": {"unit": "update"},
        "rewind": {"step": 0},
        "speed": {"updates_per_second": None},
        "drawn": {"step": 0},
    }
    live.say(kind, **fields.get(kind, {}))
    live.hear_problem("not_configured")
    live.configure()


SPECS: list[tuple[dict[str, Any], str]] = [
    ({"program": "W = he(2, 3)\nloss = sum(W"}, "never_closed"),
    ({"program": "W = he(2, 3)\nloss = sum(W)"}, "no_points"),
    ({"program": ""}, ""),
    ({"program": "scores = X @ he(2, 3)"}, ""),
    ({"program": "loss = sum(X)"}, "no_parameters"),
    ({"program": write_program(classes=2)}, "wrong_class_count"),
    ({"program": "W = he(4, 3)\nscores = X @ W\nloss = cross_entropy(scores, y)"}, ""),
    ({"data": {"name": "snail"}}, "unknown_name"),
    ({"data": {"samples": 10**9}}, ""),
    ({"data": {"noise": -1}}, "out_of_range"),
    ({"data": {"seed": -1}}, "invalid_request"),
    ({"optimizer": {"name": "magic"}}, "unknown_name"),
    ({"optimizer": {"learning_rate": -1}}, "out_of_range"),
    ({"batch_size": 0}, "out_of_range"),
    ({"batch_size": 10**6}, "out_of_range"),
    ({"batch_size": True}, "invalid_request"),
    ({"epochs": 3}, "invalid_request"),
]


@pytest.mark.parametrize(("change", "code"), SPECS)
def test_impossible_spec_leaves_the_training_as_it_was(
    change: dict[str, Any], code: str, live: Any, spec: dict[str, Any], reference: Any
) -> None:
    live.configure()
    live.say("configure", spec=spec | change)
    message = live.hear()
    assert message["type"] == "problem"
    assert message["problem"]["status"] == 422
    assert not code or message["problem"]["code"] == code, message
    live.say("step", unit="update")
    assert live.hear_frame()["fingerprint"] == reference.fingerprint(1)


def test_failure_of_the_server_itself_is_told_and_survived(
    server: Any, live: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live.configure()

    async def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("the password is swordfish")

    with monkeypatch.context() as patch:
        patch.setattr(server.app.state.compute, "run_pure", fail)
        live.say("play")
        problem = live.hear_problem("internal")
        assert problem["status"] == 500
        assert "swordfish" not in str(problem)
        assert live.hear_kind("status")["playing"] is False
    assert "swordfish" in caplog.text
    live.say("step", unit="update")
    assert live.hear_frame()["step"] == 1


def test_training_that_blows_up_stops_and_says_why(live: Any, spec: dict[str, Any]) -> None:
    live.configure(spec | {"optimizer": {"name": "sgd", "learning_rate": 1e6}})
    live.say("play")
    frame = live.hear_end("finished")
    assert frame["finished"]["status"] == 422
    assert frame["finished"]["parameters"]["cause"] == "learning_rate"
    _, frame = live.configure()
    live.say("play")
    assert live.hear_frame(lambda later: later["step"] > frame["step"])["finished"] is None
