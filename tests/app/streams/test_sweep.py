"""A sweep as JSON lines: members in step, each with a fate of its own."""

import base64
import math
import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import httpx

from app.schemas.streams import MemberFrame, MemberProblem, MemberSummary, Progress, SweepReady, SweepSummary
from app.settings import Settings

Line = dict[str, Any]
Read = Callable[..., list[Line]]

NETWORK = {"hidden": [8]}
DOCUMENTED = {
    "ready": SweepReady,
    "frame": MemberFrame,
    "problem": MemberProblem,
    "progress": Progress,
    "summary": SweepSummary,
}
SIZES_AND_RATES = {"network.hidden": [[3], [8]], "optimizer.learning_rate": [0.02, 0.1]}


def of(lines: list[Line], kind: str) -> list[Line]:
    return [line for line in lines if line["type"] == kind]


def test_members_advance_in_step_and_each_is_the_engines_own(read: Read, asked: Line, reference: Any) -> None:
    lines = read(
        "/sweep",
        spec=asked,
        network=NETWORK,
        vary=SIZES_AND_RATES,
        updates=150,
        every=60,
        boundary=True,
        state_every=True,
    )
    for line in lines:
        model = DOCUMENTED[line["type"]]
        assert set(line) == set(model.model_fields)
        model.model_validate(line)
    ready, summary = lines[0], lines[-1]
    assert [member["label"] for member in ready["members"]] == [
        "hidden [3], learning_rate 0.02",
        "hidden [3], learning_rate 0.1",
        "hidden [8], learning_rate 0.02",
        "hidden [8], learning_rate 0.1",
    ]
    assert ready["members"][1]["settings"] == {"network.hidden": [3], "optimizer.learning_rate": 0.1}
    assert [member["network"]["parameters"] for member in ready["members"]] == [21, 21, 51, 51]
    specs = [reference.spec(hidden, rate) for hidden in ((3,), (8,)) for rate in (0.02, 0.1)]
    assert [member["program"] for member in ready["members"]] == [spec.program for spec in specs]
    # all members share their points, which are told once
    assert [member["data"] for member in ready["members"]] == [0] * 4
    assert len(ready["data"]) == 1
    assert len(base64.b64decode(ready["data"][0]["points"]["train"]["label"])) == 90

    rounds = [lines[first : first + 5] for first in range(1, 21, 5)]
    for told, step in zip(rounds, (0, 60, 120, 150), strict=True):
        assert [line.get("member") for line in told] == [0, 1, 2, 3, None]
        for frame, spec in zip(told, specs, strict=False):
            expected = reference(step, spec)
            assert {name: frame[name] for name in expected} == expected
        assert told[-1]["type"] == "progress"
        assert (told[-1]["done"], told[-1]["total"]) == (step, 150)
    assert [line["running"] for line in of(lines, "progress")] == [4, 4, 4, 0]
    assert rounds[-1][-1]["ended"] == 4
    assert (summary["done"], summary["ended"]) == (150, "updates")
    for member, frame in zip(summary["members"], rounds[-1], strict=False):
        assert set(member) == set(MemberSummary.model_fields)
        assert member["result"] == {name: frame[name] for name in member["result"]}
    losses = [member["result"]["losses"]["validation"]["data"] for member in summary["members"]]
    assert summary["best"] == losses.index(min(losses))


def test_a_sweep_without_changes_is_one_training(read: Read, asked: Line, reference: Any) -> None:
    lines = read("/sweep", spec=asked, network=NETWORK, updates=20, every=20)
    assert (lines[0]["members"][0]["label"], lines[0]["members"][0]["settings"]) == ("", {})
    assert lines[-1]["members"][0]["result"]["state"] == reference(20)["state"]


def test_members_of_other_data_have_points_of_their_own(read: Read, asked: Line) -> None:
    vary = {"data.noise": [0.0, 0.1], "seed": [1, 2]}
    ready = read("/sweep", spec=asked, network=NETWORK, vary=vary, updates=0)[0]
    assert [member["data"] for member in ready["members"]] == [0, 0, 1, 1]
    first, second = ready["data"]
    assert first["points"] != second["points"]


def test_states_continue_a_sweep_bit_for_bit(read: Read, asked: Line) -> None:
    sweep = {"spec": asked, "network": NETWORK, "vary": SIZES_AND_RATES, "every": 25}
    whole = read("/sweep", **sweep, updates=100)[-1]
    half = read("/sweep", **sweep, updates=50, state_every=True)
    # from the frames of a round, as a page does that pauses
    states = [line["state"] for line in of(half, "frame")[4:8]]
    lines = read("/sweep", **sweep, updates=75, states=states)
    assert [member["step"] for member in lines[0]["members"]] == [25] * 4
    assert lines[-1]["members"] == whole["members"]
    lines = read("/sweep", **sweep, updates=100, states=[None, *states[1:]])
    assert [frame["step"] for frame in of(lines, "frame")[-4:]] == [100, 125, 125, 125]


def test_a_member_that_diverges_drops_out_and_the_others_go_on(
    read: Read, asked: Line, reference: Any
) -> None:
    vary = {"optimizer.learning_rate": [0.02, 1e30, 0.1]}
    lines = read("/sweep", spec=asked, network=NETWORK, vary=vary, updates=90, every=30)
    diverged = [line for line in of(lines, "frame") if line["member"] == 1]
    assert [line["finished"] is None for line in diverged] == [True, False]
    assert diverged[-1]["finished"]["code"] == "not_finite"
    assert [(line["running"], line["failed"]) for line in of(lines, "progress")] == [
        *((3, 0), (2, 1), (2, 1), (0, 1))
    ]
    summary = lines[-1]
    assert summary["members"][1]["result"]["finished"] == diverged[-1]["finished"]
    assert summary["members"][0]["result"]["state"] == reference(90)["state"]
    assert summary["best"] in (0, 2)


def test_a_member_that_is_refused_says_why_and_the_others_go_on(read: Read, asked: Line) -> None:
    vary = {"batch_size": [16, 1000, 8]}
    lines = read("/sweep", spec=asked, network=NETWORK, vary=vary, updates=10, every=10)
    refused = {"label": "batch_size 1000", "settings": {"batch_size": 1000}}
    assert lines[0]["members"][1] == refused | dict.fromkeys(("program", "step", "network", "data"))
    (problem,) = of(lines, "problem")
    assert problem["member"] == 1
    assert "batch_size is 1000" in problem["problem"]["detail"]
    assert {line["member"] for line in of(lines, "frame")} == {0, 2}
    assert [line["failed"] for line in of(lines, "progress")] == [1, 1]
    assert lines[-1]["members"][1]["result"] is None
    assert lines[-1]["members"][1]["problem"] == problem["problem"]


def test_when_every_member_is_refused_so_is_the_sweep(refused: Callable[..., Line], asked: Line) -> None:
    problem = refused("/sweep", "out_of_range", spec=asked, network={}, vary={"batch_size": [1000, 2000]})
    assert "batch_size is 1000" in problem["detail"]


def test_when_every_member_has_ended_so_has_the_sweep(read: Read, asked: Line) -> None:
    spec = asked | {"stop": {"metric": "train_accuracy", "when": "at_least", "value": 0.4}}
    lines = read("/sweep", spec=spec, network=NETWORK, vary={"seed": [1, 2]}, updates=100_000, every=200)
    summary = lines[-1]
    assert summary["ended"] == "members"
    assert summary["done"] < 100_000
    assert of(lines, "progress")[-1]["ended"] == 2
    for member in summary["members"]:
        assert member["result"]["stopped"]["value"] >= 0.4


def test_the_best_member_is_compared_without_its_regularization(read: Read, asked: Line) -> None:
    vary = {"network.regularization": [10.0, 0.0]}
    summary = read("/sweep", spec=asked, network=NETWORK, vary=vary, updates=50, every=50)[-1]
    first, second = (member["result"]["losses"]["validation"] for member in summary["members"])
    assert math.isclose(first["total"], first["data"] + first["regularization"], rel_tol=1e-4)
    assert second["data"] is None
    assert summary["best"] == (0 if first["data"] < second["total"] else 1)


def test_too_much_for_memory_is_refused(run_server: Any, stream: Any, asked: Line, problem: Any) -> None:
    with run_server(Settings(workers=1, sweep_parameters=100, sweep_members=3)) as server:
        url = f"{server.http}/api/v1/trainings/sweep"
        body = {"spec": asked, "network": NETWORK, "vary": {"seed": [1, 2]}, "updates": 1}
        found = problem(httpx.post(url, json=body), 422, "limit")
        assert (found["limit"], found["actual"], found["allowed"]) == ("sweep_parameters", 102, 100)
        body["vary"] = {"seed": [1, 2], "batch_size": [8, 16]}
        found = problem(httpx.post(url, json=body), 422, "limit")
        assert (found["limit"], found["actual"], found["allowed"]) == ("sweep_members", 4, 3)
        assert len(server.app.state.streams) == 0


def test_workers_killed_in_mid_sweep_cost_nothing(
    run_server: Any, stream: Any, asked: Line, reference: Any
) -> None:
    others = set(multiprocessing.active_children())
    with run_server(Settings(workers=2)) as server:
        killed = 0
        sweep = {"spec": asked, "network": NETWORK, "vary": {"optimizer.learning_rate": [0.02, 0.1]}}
        with stream(server, "/sweep", **sweep, updates=2000, every=100) as lines:
            for line in lines:
                assert line["type"] != "problem"
                if line["type"] == "progress" and line["done"] in (300, 900):
                    workers = [child for child in multiprocessing.active_children() if child not in others]
                    os.kill(workers[0].pid or 0, signal.SIGKILL)
                    killed += 1
        assert killed == 2
        for member, rate in zip(line["members"], (0.02, 0.1), strict=True):
            assert member["result"]["state"] == reference(2000, reference.spec((8,), rate))["state"]
