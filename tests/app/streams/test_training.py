"""A training as JSON lines."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.schemas.streams import FrameLine, StreamReady, TrainingSummary
from app.settings import Settings

Line = dict[str, Any]
Read = Callable[..., list[Line]]

NETWORK = {"hidden": [8]}
DOCUMENTED = {"ready": StreamReady, "frame": FrameLine, "summary": TrainingSummary}


def test_a_streamed_run_is_the_engines_own(read: Read, asked: Line, reference: Any) -> None:
    lines = read("", spec=asked, network=NETWORK, updates=250, every=100, boundary=True, state_every=True)
    ready, *frames, summary = lines
    assert [line["type"] for line in lines] == ["ready", *["frame"] * 4, "summary"]
    for line in lines:
        model = DOCUMENTED[line["type"]]
        assert set(line) == set(model.model_fields)
        model.model_validate(line)
    for frame, step in zip(frames, (0, 100, 200, 250), strict=True):
        expected = reference(step)
        assert {name: frame[name] for name in expected} == expected
        assert frame["finished"] is None
    assert ready["program"] == reference.spec().program
    assert (ready["parameters"], ready["step"], ready["updates"], ready["every"]) == (51, 0, 250, 100)
    assert (summary["step"], summary["updates"], summary["ended"]) == (250, 250, "updates")
    assert summary["state"] == frames[-1]["state"]
    assert summary["losses"] == frames[-1]["losses"]


def test_bytes_are_base64(read: Read, asked: Line) -> None:
    ready, frame, _ = read("", spec=asked, network=NETWORK, updates=0, boundary=True)
    x = np.frombuffer(base64.b64decode(ready["points"]["train"]["x"]), "<f4")
    labels = np.frombuffer(base64.b64decode(ready["points"]["train"]["label"]), "u1")
    assert len(x) == len(labels) == 90
    assert np.abs(x).max() <= 1.25
    assert len(base64.b64decode(frame["boundary"]["classes"])) == frame["boundary"]["size"] ** 2


def test_the_same_request_gives_the_same_lines(read: Read, asked: Line) -> None:
    once, again = (read("", spec=asked, network=NETWORK, updates=60, every=7) for _ in range(2))
    assert once == again
    assert [line["step"] for line in once[1:-1]] == [*range(0, 60, 7), 60]


def test_what_was_not_asked_for_is_null(read: Read, asked: Line) -> None:
    frames = read("", spec=asked, network=NETWORK, updates=1)[1:-1]
    assert [(frame["boundary"], frame["state"]) for frame in frames] == [(None, None)] * 2


def test_parts_are_shown_where_asked_for(read: Read, refused: Callable[..., Line], asked: Line) -> None:
    body = {"spec": asked, "network": NETWORK, "updates": 20, "every": 20}
    plain = read("", **body)[-2]
    assert [plain[name] for name in ("units", "values", "warp")] == [None] * 3
    full = read("", **body, units=True, values=True, hidden={"layer": "h1"})[-2]
    assert [layer["name"] for layer in full["units"]["layers"]] == ["X", "h1", "scores"]
    assert len(base64.b64decode(full["units"]["layers"][1]["maps"])) == 8 * full["units"]["size"] ** 2
    assert [entry["name"] for entry in full["values"]["parameters"]] == ["W1", "b1", "W2", "b2"]
    assert full["warp"]["layer"] == "h1"
    assert plain == full | dict.fromkeys(("units", "values", "warp"))
    assert "h1" in refused("", "unknown_layer", **body, hidden={"layer": "h2"})["hint"]
    sweep = body | {"vary": {"network.hidden": [[3], [3, 3]]}, "hidden": {"layer": "h2"}}
    assert [frame["warp"] is None for frame in read("/sweep", **sweep) if frame["type"] == "frame"] == [
        *(True, False, True, False)
    ]


def test_a_program_of_ones_own_trains_too(read: Read, asked: Line) -> None:
    program = "W = he(2, 3)\nscores = X @ W\nloss = cross_entropy(scores, y)"
    ready, *_, summary = read("", spec=asked | {"program": program}, updates=100)
    assert ready["program"] == program
    assert summary["losses"]["train"]["data"] is None


def test_the_builder_fits_the_net_to_data_and_features(read: Read, asked: Line) -> None:
    features = {"features": ["x", "y", "x^2"]}
    assert "W1 = he(3, 16)" in read("", spec=asked | features, network={}, updates=0)[0]["program"]
    plane = {"data": {"name": "plane"}, "features": ["r"]}
    program = read("", spec=plane, network={"loss": "squared"}, updates=0)[0]["program"]
    assert "W1 = he(1, 16)" in program
    assert "W2 = he(16, 1)" in program


def test_a_state_goes_on_bit_for_bit_and_under_its_condition_to_stop(read: Read, asked: Line) -> None:
    spec = asked | {"stop": {"metric": "validation_loss", "when": "no_improvement", "patience": 3}}
    whole = read("", spec=spec, network=NETWORK, updates=5000, every=1000)[-1]
    assert whole["ended"] == "stopped"
    assert whole["stopped"]["reason"]
    # into the middle of the epochs without improvement
    half = whole["updates"] - 9
    first = read("", spec=spec, network=NETWORK, updates=half)[-1]
    assert first["ended"] == "updates"
    ready, *_, second = read("", spec=spec, network=NETWORK, updates=5000, every=4, state=first["state"])
    assert ready["step"] == half
    assert second["updates"] == 9
    assert second | {"updates": 0} == whole | {"updates": 0}


def test_a_state_of_other_settings_is_refused_or_carried_over(
    read: Read, refused: Callable[..., Line], asked: Line
) -> None:
    state = read("", spec=asked, network=NETWORK, updates=100)[-1]["state"]
    other = {"spec": asked | {"optimizer": {"name": "sgd"}}, "network": NETWORK, "state": state}
    assert "carry the state over" in refused("", "state_of_another_run", **other)["hint"]
    ready, frame, *_ = read("", **other, carry_over=True, updates=1)
    assert ready["step"] == frame["step"] == 100
    assert "base64" in refused("", "bad_state", spec=asked, network=NETWORK, state="!")["detail"]


def test_divergence_ends_the_run_with_its_last_good_state(read: Read, asked: Line) -> None:
    spec = asked | {"optimizer": {"name": "sgd", "learning_rate": 1e6}}
    lines = read("", spec=spec, network=NETWORK, updates=1000, every=1000)
    frame, summary = lines[-2:]
    assert frame["finished"]["code"] == "not_finite"
    assert "learning rate" in frame["finished"]["hint"]
    assert summary["ended"] == "finished"
    assert summary["finished"] == frame["finished"]
    assert summary["step"] == frame["finished"]["parameters"]["step"] - 1
    again = read("", spec=spec, network=NETWORK, updates=1000, state=summary["state"])[-1]
    assert (again["updates"], again["ended"]) == (0, "finished")


def test_numbers_that_are_not_finite_are_words(read: Read, asked: Line) -> None:
    program = "W = zeros(2, 3)\nscores = X @ W\nloss = cross_entropy(scores, y) / sum(W**2)"
    *_, frame, summary = read("", spec=asked | {"program": program})
    assert frame["losses"]["train"]["total"] == "Infinity"
    assert summary["ended"] == "finished"


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "no_program", "network"),
        ({"spec": {"program": "W = he(2, 2)"}, "network": {}}, "program_and_network", "network"),
        ({"network": {"hidden": [3], "size": 1}}, "invalid_request", "network.size"),
        ({"network": {}, "updates": -1}, "invalid_request", "updates"),
        ({"network": {}, "every": 0}, "invalid_request", "every"),
        ({"network": {}, "frames_per_second": 0}, "invalid_request", "frames_per_second"),
        ({"network": {}, "spec": {"batch_size": 100_000}}, "out_of_range", None),
        ({"network": {"hidden": [300]}}, "limit", None),
        ({"spec": {"program": "f = 1"}}, "no_points", None),
    ],
)
def test_what_cannot_begin_is_an_ordinary_problem(
    refused: Callable[..., Line], body: Line, code: str, field: str | None
) -> None:
    assert refused("", code, **body)["parameters"].get("field") == field


def test_a_run_that_lasts_too_long_hands_its_state_over(
    run_server: Any, stream: Any, asked: Line, reference: Any
) -> None:
    with run_server(Settings(workers=1, stream_seconds=0.3)) as server:
        with stream(server, "", spec=asked, network=NETWORK, updates=10_000_000, every=10) as lines:
            summary = list(lines)[-1]
        assert summary["ended"] == "lifetime"
        assert summary["step"] % 10 == 0
        assert summary["state"] == reference(summary["step"])["state"]
        begun = {"spec": asked, "network": NETWORK, "vary": {"seed": [1, 2]}}
        with stream(server, "/sweep", **begun, updates=10_000_000, every=10) as lines:
            *_, summary = lines
        assert summary["ended"] == "lifetime"
        assert [member["result"]["step"] for member in summary["members"]] == [summary["done"]] * 2
