"""Listings over the API: every range of steps is a part of the same run, however it is asked for."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import numpy as np
import pytest

from app.listings import ListingTask, Places, run_listing
from app.schemas.listings import ListingAnswer
from engine.learning.listings import LISTINGS

pytestmark = pytest.mark.anyio

Ask = Callable[..., Awaitable[dict[str, Any]]]
PATH = "/api/v1/listings/two_layer_net"
VALUES = {"N": 20, "D_in": 40, "H": 6, "D_out": 3, "rate": 0.001, "iterations": 8}


@pytest.fixture
def ask(client: httpx.AsyncClient) -> Ask:
    async def post(**fields: Any) -> dict[str, Any]:
        answer = await client.post(PATH, json={"values": VALUES, **fields})
        assert answer.status_code == 200, answer.text
        ListingAnswer.model_validate_json(answer.content)
        return answer.json()

    return post


def folded(answer: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Every name at every step answered."""
    names = {one["name"]: one for one in answer["names"]}
    at: dict[int, dict[str, Any]] = {}
    for step in answer["taken"]:
        names = names | {one["name"]: one for one in step["assigned"]}
        at[step["step"]] = names
    return at


async def test_the_listings_are_told_with_what_may_be_changed(client: httpx.AsyncClient) -> None:
    listings = (await client.get("/api/v1/listings")).json()["listings"]
    assert [one["name"] for one in listings] == list(LISTINGS)
    assert listings[0]["source"].startswith("import numpy as np\n")
    setting = next(one for one in listings[0]["settings"] if one["name"] == "rate")
    assert (setting["value"], setting["whole"]) == (1e-4, False)


async def test_a_range_of_steps_says_lines_names_and_losses(ask: Ask) -> None:
    answer = await ask(first=0, count=31)
    assert answer["steps"] == 6 + 8 * 10
    assert answer["loop"] == {"line": 10, "first": 6, "length": 10, "times": 8}
    assert "N, D_in, H, D_out = 20, 40, 6, 3" in answer["source"]
    assert [step["line"] for step in answer["taken"][:9]] == [0, 1, 3, 4, 6, 7, 8, 10, 11]
    assert [step["iteration"] for step in answer["taken"]][5:18] == [None] * 2 + [0] * 10 + [1]
    names = folded(answer)[9]
    assert names["x"]["shape"] == [20, 40]
    assert names["x"]["dtype"] == "float64"
    assert names["N"]["value"] == 20
    assert names["rng"]["value"] is names["rng"]["preview"] is None
    assert "np" not in names
    assert len(answer["losses"]) == 3
    assert answer["losses"][0] > answer["losses"][1] > answer["losses"][2]
    assert folded(answer)[10]["loss"]["value"] == answer["losses"][0]
    blocks = names["h"]["preview"]
    cells = np.frombuffer(base64.b64decode(blocks["values"]), "<f4")
    assert cells.size == blocks["rows"] * blocks["columns"] == 16 * 6
    assert cells.max() == pytest.approx(names["h"]["statistics"]["max"])


async def test_any_range_is_a_part_of_the_same_run(ask: Ask) -> None:
    whole = folded(await ask(first=0, count=87))
    # forward, back, and again: what the worker remembers changes nothing
    for first, count, stride in ((40, 3, 1), (16, 7, 10), (3, 20, 1), (86, 5, 1), (41, 2, 30)):
        answer = await ask(first=first, count=count, stride=stride, losses_from=2)
        steps = [step["step"] for step in answer["taken"]]
        assert steps == list(range(first, min(87, first + count * stride), stride))
        for step, names in folded(answer).items():
            assert names == whole[step]
        assert answer["losses_from"] == 2
        fresh = {one["name"] for one in answer["taken"][0]["assigned"]}
        if stride == 10:
            assert fresh == {"t", "h", "scores", "loss", "dscores", "dW2", "dh", "dW1", "W1", "W2"}


async def test_the_same_net_is_a_program_of_graphs(ask: Ask, client: httpx.AsyncClient) -> None:
    graph = (await ask())["graph"]
    assert graph["refused"] is None
    assert graph["shape"] == []
    traced = await client.post("/api/v1/graph", json={"source": graph["source"]})
    assert traced.status_code == 200
    assert set(traced.json()["gradients"]) == {"x", "y", "W1", "W2"}
    large = (await ask(values={"D_in": 4000, "H": 60, "iterations": 1}))["graph"]
    assert large["shape"] is None
    assert "elements in one tensor" in large["refused"]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"values": {"Q": 1}}, 422, "unknown_setting"),
        ({"values": {"N": 1.5}}, 422, "bad_setting"),
        ({"values": {"iterations": 5000, "D_in": 4096}}, 422, "limit"),
        ({"first": 100}, 422, "bad_step"),
        ({"count": 0}, 422, "invalid_request"),
        ({"values": {"N": "4; import os"}}, 422, "invalid_request"),
        ({"values": {"N": True}}, 422, "invalid_request"),
    ],
)
async def test_a_mistake_is_a_problem(
    fields: dict[str, Any], status: int, code: str, client: httpx.AsyncClient, problem: Callable[..., Any]
) -> None:
    problem(await client.post(PATH, json={"values": VALUES, **fields}), status, code)


async def test_an_unknown_listing_is_not_found(
    client: httpx.AsyncClient, problem: Callable[..., Any]
) -> None:
    problem(await client.post("/api/v1/listings/three_layer_net", json={}), 404, "unknown_listing")


def test_places_are_kept_within_their_room() -> None:
    listing = LISTINGS["two_layer_net"]
    run = listing.start(VALUES)
    while run.step < run.steps:
        run.advance()
    places = Places(room=3 * run.bytes)
    for number in range(5):
        places.add((number,), run.copy())
    assert places.before((1,), run.steps) is None
    assert places.before((3,), run.steps - 1) is None
    kept = places.before((3,), run.steps)
    assert kept is not None
    assert kept is not places.before((3,), run.steps)


def test_a_run_that_left_all_bounds_is_answered() -> None:
    task = ListingTask("two_layer_net", {**VALUES, "rate": 10, "iterations": 300}, 3006, 1, 1, 0)
    assert b'"NaN"' in run_listing(task)
