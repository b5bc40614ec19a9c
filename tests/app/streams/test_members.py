"""What the members of a sweep are: paths, values, labels, and the 422s that name them."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.exceptions import RequestValidationError

from app.problems import ProblemError, describe
from app.schemas.streams import SweepRequest
from app.streams.members import Member, members

Line = dict[str, Any]


def expand(most: int = 64, **body: Any) -> list[Member]:
    return members(SweepRequest.model_validate({"network": {}, **body}), most)


def labels(**body: Any) -> list[str]:
    return [member.label for member in expand(**body)]


def test_all_combinations_in_the_order_written() -> None:
    found = expand(vary={"seed": [7, 8], "network.hidden": [[], [3, 3]]})
    assert [(member.asked["seed"], member.asked["network"]["hidden"]) for member in found] == [
        *((7, []), (7, [3, 3]), (8, []), (8, [3, 3]))
    ]
    assert [member.settings for member in found][1] == {"seed": 7, "network.hidden": [3, 3]}


def test_only_what_differs_is_a_setting() -> None:
    (first, second) = expand(vary={"seed": [1], "batch_size": [8, 16]})
    assert (first.settings, second.settings) == ({"batch_size": 8}, {"batch_size": 16})
    assert first.label == "seed 1, batch_size 8"


def test_members_picked_by_hand_show_what_sets_each_apart() -> None:
    picked = [
        {"label": "plain"},
        {"changes": {"optimizer.name": "sgd", "optimizer.learning_rate": 0.5}},
        {"label": "clipped", "changes": {"clip.limit": 2}},
    ]
    plain, fast, clipped = expand(members=picked)
    assert [plain.label, fast.label, clipped.label] == [
        "plain",
        "optimizer sgd, learning_rate 0.5",
        "clipped",
    ]
    assert plain.settings == {"optimizer.name": "adam", "optimizer.learning_rate": 0.02, "clip.limit": None}
    assert clipped.settings["clip.limit"] == 2
    # a record that was left out begins with its own defaults
    assert clipped.asked["clip"] == {"by": "norm", "limit": 2}
    assert plain.asked["clip"] is None


def test_changes_leave_the_other_members_alone() -> None:
    own = {"x": [0.0] * 8, "y": [0.0] * 8, "label": [0, 1] * 4, "held_out": [True, True] + [False] * 6}
    first, second = expand(spec={"data": {"name": "own", "own": own}}, vary={"data.seed": [1, 2]})
    assert (first.asked["data"]["seed"], second.asked["data"]["seed"]) == (1, 2)
    assert first.asked["data"]["own"] == second.asked["data"]["own"] == own
    assert first.asked["optimizer"] is second.asked["optimizer"]


def test_labels_name_paths_in_short_where_they_can() -> None:
    assert labels(vary={"seed": [1], "data.seed": [2]}) == ["seed 1, data.seed 2"]
    assert labels(vary={"data.name": ["xor"], "optimizer.name": ["sgd"]}) == ["data xor, optimizer sgd"]
    programs = [f"W = he(2, 3)\nscores = X @ W\nloss = {n} * cross_entropy(scores, y)" for n in (1, 2)]
    assert labels(network=None, vary={"program": programs}) == ["program #1", "program #2"]


def test_a_member_may_have_a_program_and_another_a_network() -> None:
    program = "W = he(2, 3)\nloss = cross_entropy(X @ W, y)"
    picked = [{"changes": {"program": program, "network": None}}, {"changes": {"network.hidden": [4]}}]
    first, second = expand(members=picked)
    assert (first.asked["program"], first.asked["network"]) == (program, None)
    assert second.asked["network"]["hidden"] == [4]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("sed", "program, data, optimizer"),
        ("spec.seed", "program, data, optimizer"),
        ("optimizer.rate", "`optimizer` has name, learning_rate"),
        ("network.hidden.0", "`network.hidden` has no fields of its own"),
        ("seed.", "`seed` has no fields of its own"),
        ("clip.norm", "`clip` has by, limit"),
        ("", "network"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(path: str, hint: str) -> None:
    for body in ({"vary": {path: [1]}}, {"members": [{"changes": {path: 1}}]}):
        with pytest.raises(ProblemError) as caught:
            expand(**body)
        assert (caught.value.status_code, caught.value.code) == (422, "unknown_path")
        assert f"{path}`: there is no such field" in caught.value.detail
        assert hint in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"vary": {"optimizer.learning_rate": [0.1, "fast"]}}, "vary.optimizer.learning_rate[1]"),
        ({"vary": {"network.hidden": [3]}}, "vary.network.hidden[0]"),
        ({"vary": {"network.hidden": [[3, "a"]]}}, "vary.network.hidden[0][1]"),
        ({"vary": {"seed": [True]}}, "vary.seed[0]"),
        ({"vary": {"seed": [-1]}}, "vary.seed[0]"),
        ({"vary": {"clip": [{"limits": 1}]}}, "vary.clip[0].limits"),
        ({"vary": {"data": [None]}}, "vary.data[0]"),
        ({"members": [{}, {"changes": {"seed": 1.5}}]}, "members[1].changes.seed"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(body: Line, place: str) -> None:
    with pytest.raises(RequestValidationError) as caught:
        expand(**body)
    problem = describe(caught.value)
    assert (problem["status"], problem["code"]) == (422, "invalid_request")
    assert f"`{place}`" in problem["detail"]


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        ({"vary": {"seed": []}}, "no_values", "`vary.seed`"),
        ({"vary": {"seed": [1]}, "members": [{}]}, "vary_and_members", "`vary` and `members`"),
        ({"vary": {"network.hidden": [[1]], "network": [{}]}}, "overlapping_paths", "`network.hidden`"),
        ({"vary": {"program": ["W"]}}, "program_and_network", "`network`"),
        ({"network": None, "vary": {"seed": [1, 2]}}, "no_program", "member 0: "),
        ({"vary": {"seed": [1] * 9, "batch_size": [1] * 8}}, "limit", "`seed` (9) x `batch_size` (8)"),
        ({"members": [{}] * 65}, "limit", "65 members"),
    ],
)
def test_what_makes_no_sweep_is_a_problem(body: Line, code: str, words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        expand(**body)
    assert (caught.value.status_code, caught.value.code) == (422, code)
    assert words in caught.value.detail
    assert caught.value.hint


def test_the_server_says_the_same(refused: Callable[..., Line]) -> None:
    problem = refused("/sweep", "unknown_path", network={}, vary={"optimizer.rate": [1]})
    assert problem["parameters"] == {"field": "vary.optimizer.rate", "path": "optimizer.rate"}
    problem = refused("/sweep", "invalid_request", network={}, vary={"seed": ["one"]})
    assert problem["parameters"]["field"] == "vary.seed[0]"
    problem = refused("/sweep", "wrong_state_count", network={}, vary={"seed": [1, 2]}, states=[None])
    assert problem["parameters"] == {"field": "states", "states": 1, "members": 2}
