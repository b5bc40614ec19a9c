"""Whatever a client sends, the answer is a problem in words and never a 500."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

Post = Callable[..., Awaitable[httpx.Response]]
Problem = Callable[[httpx.Response, int, str], dict[str, Any]]

JSON = {"content-type": "application/json"}

BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "invalid_request"),
    "not JSON": (b"{source: 1}", "not_json"),
    "cut short": (b'{"source": "f = 1"', "not_json"),
    "trailing text": (b'{"source": "f = 1"} x', "not_json"),
    "a list": (b"[1, 2]", "invalid_request"),
    "a text": (b'"f = 1"', "invalid_request"),
    "a number": (b"1", "invalid_request"),
    "null": (b"null", "invalid_request"),
    "NaN": (b'{"source": "f = x", "inputs": {"x": NaN}}', "not_finite"),
    "Infinity": (b'{"source": "f = x", "inputs": {"x": Infinity}}', "not_finite"),
    "minus Infinity": (b'{"source": "f = x", "inputs": {"x": -Infinity}}', "not_finite"),
    "NaN in an unknown field": (b'{"source": "f = 1", "unknown": NaN}', "not_finite"),
    "1e400": (b'{"source": "f = x", "inputs": {"x": 1e400}}', "invalid_request"),
    "1e400 as upstream": (b'{"source": "f = x", "upstream": -1e400}', "invalid_request"),
    "integer of 400 digits": (
        b'{"source": "f = x", "inputs": {"x": ' + b"9" * 400 + b"}}",
        "invalid_request",
    ),
    "integer of 5,000 digits": (b'{"source": "f = x", "inputs": {"x": ' + b"9" * 5000 + b"}}", "too_large"),
    "seed of 400 digits": (b'{"source": "f = 1", "seed": ' + b"9" * 400 + b"}", "invalid_request"),
    "deep lists": (
        b'{"source": "f = x", "inputs": {"x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}}",
        "too_deep",
    ),
    "deep objects": (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "too_deep"),
    "lists of 200 levels": (
        b'{"source": "f = x", "inputs": {"x": ' + b"[" * 200 + b"1" + b"]" * 200 + b"}}",
        "invalid_request",
    ),
    "deep value of an unknown field": (
        b'{"source": "f = 1", "u": ' + b"[" * 900 + b"]" * 900 + b"}",
        "invalid_request",
    ),
    "not UTF-8": (b'{"source": "f = \xff"}', "not_utf8"),
    "Latin-1": ('{"source": "f = é"}'.encode("latin-1"), "not_utf8"),
    "UTF-16": ('{"source": "f = 1"}'.encode("utf-16"), "not_utf8"),
    "half a surrogate pair": (rb'{"source": "f = \ud800"}', "lone_surrogate"),
    "half a surrogate pair in a name": (rb'{"source": "f = 1", "inputs": {"\udc00": 1}}', "lone_surrogate"),
    "a key twice": (b'{"source": "f = x", "inputs": {"x": 1, "x": 2}}', "duplicate_key"),
    "a field twice": (b'{"source": "f = 1", "source": "f = 2"}', "duplicate_key"),
    "NUL": (b'{"source": "f = 1\x00"}', "not_json"),
    "escaped NUL": (rb'{"source": "f = 1\u0000"}', ""),
    "binary": (bytes(range(256)), "not_utf8"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_hostile_body(name: str, client: httpx.AsyncClient, problem: Problem) -> None:
    body, code = BODIES[name]
    response = await client.post("/api/v1/graph", content=body, headers=JSON)
    problem(response, 422, code or response.json()["code"])


@pytest.mark.parametrize(
    ("inputs", "detail"),
    [
        ({"x": True}, "`inputs.x`: true is not a number"),
        ({"x": [1, False]}, "`inputs.x[1]`: false is not a number"),
        ({"x": "1"}, "`inputs.x`: `1` is not a number"),
        ({"x": "NaN"}, "`inputs.x`: `NaN` is not a number"),
        ({"x": None}, "`inputs.x`: null is not a number"),
        ({"x": {}}, "`inputs.x`: an object is not a number"),
        ({"x": []}, "`inputs.x`: a tensor must not be empty"),
        ({"x": [[], []]}, "`inputs.x`: a tensor must not be empty"),
        (
            {"x": [[1, 2], [3]]},
            "`inputs.x[1]`: a list of length 2 is expected: all rows of a tensor have one length",
        ),
        (
            {"x": [[1, 2], 3]},
            "`inputs.x[1]`: a list of length 2 is expected: all rows of a tensor have one length",
        ),
        ({"x": [1, [2]]}, "`inputs.x[1]`: a list is not a number"),
        ({"x": [[[[[1]]]]]}, "`inputs.x`: a tensor has at most 4 axes"),
        ({"x": [[[1, 2]], [[3, "é"]]]}, "`inputs.x[1][0][1]`: `é` is not a number"),
        ([], "`inputs`: an object is expected"),
        ({"x": "y" * 100}, "`inputs.x`: `" + "y" * 40 + "...` is not a number"),
    ],
)
async def test_wrong_input_says_where(inputs: Any, detail: str, graph: Post, problem: Problem) -> None:
    assert problem(await graph("f = x", inputs=inputs), 422, "invalid_request")["detail"] == detail


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"sourc": "f"}, "sourc"),
        ({"check": 1}, "check"),
        ({"check": "true"}, "check"),
        ({"seed": True}, "seed"),
        ({"seed": 1.0}, "seed"),
        ({"seed": -1}, "seed"),
        ({"lump": "sigmoid"}, "lump"),
        ({"full": [1]}, "full[0]"),
        ({"full": None}, "full"),
        ({"shapes": {"X": [1.5]}}, "shapes.X[0]"),
        ({"shapes": {"X": [True]}}, "shapes.X[0]"),
        ({"dtype": "int8"}, "dtype"),
        ({"upstream": [True]}, "upstream[0]"),
    ],
)
async def test_wrong_field_is_named(fields: Any, place: str, graph: Post, problem: Problem) -> None:
    document = problem(await graph("f = 1", **fields), 422, "invalid_request")
    assert document["parameters"]["field"] == place
    assert document["detail"].startswith(f"`{place}`: ")


async def test_all_wrong_fields_are_listed(client: httpx.AsyncClient, problem: Problem) -> None:
    response = await client.post("/api/v1/graph", json={"inputs": {"x": "a"}, "foo": 1})
    document = problem(response, 422, "invalid_request")
    assert sorted(document["parameters"]["fields"]) == ["foo", "inputs.x", "source"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": ";"},
    ],
)
async def test_body_that_does_not_say_it_is_json(
    headers: dict[str, str], client: httpx.AsyncClient, problem: Problem
) -> None:
    response = await client.post("/api/v1/graph", content=b'{"source": "f = 1"}', headers=headers)
    problem(response, 415, "not_json")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
async def test_body_that_says_it_is_json(kind: str, client: httpx.AsyncClient) -> None:
    body = b'\xef\xbb\xbf{"source": "f = 1"}'
    response = await client.post("/api/v1/graph", content=body, headers={"content-type": kind})
    assert response.status_code == 200, response.text


PROGRAMS = [
    *(
        "",
        "   ",
        "\n\n",
        "# nothing",
        ";",
        ";;;",
        "f = 1 ) ( 2",
        "f = (((",
        "f = )",
        "f = 1 +",
        "= 3",
        "f = = 3",
    ),
    *(
        "f = 9**9**9",
        "f = -9**0.5",
        "f = (-8)**(1/3)",
        "f = 0**0",
        "f = 1/0",
        "f = 0/0",
        "f = log(0)",
        "f = log(-1)",
    ),
    *(
        "1e400",
        "1e-400",
        "f = " + "9" * 400,
        "f = 0x10",
        "f = 1_000",
        "f = 1j",
        "f = 'a'",
        'f = "a"',
        "f = x.y",
    ),
    *(
        "f = [1, [2]]",
        "f = []",
        "f = [[1, 2], [3]]",
        "f = [" * 100,
        "(" * 3000,
        "-" * 3000 + "1",
        "f = " + "(" * 64,
    ),
    *(
        "f = " + "+".join(["x"] * 1900),
        "f = x" + "**x" * 60,
        "f = exp(" * 63 + "1" + ")" * 63,
        "x = 3\nx = 4\nx",
    ),
    *(
        "import os",
        "__import__('os')",
        "f = lambda x: x",
        "f = sum",
        "sum = 3",
        "f = sum()",
        "f = sum(1, axis=9)",
    ),
    *(
        "f = sum([1, 2], axis=0.5)",
        "f = sum([1], axis=True)",
        "f = sum([1], axis=(0, 0))",
        "f = [1, 2] + [1, 2, 3]",
    ),
    *(
        "f = [1, 2] @ [1, 2, 3]",
        "f = 1 @ 2",
        "f = he(2)",
        "f = he(0, 2)",
        "f = he(-1)",
        "f = he(1e9, 1e9)",
        "f = he()",
    ),
    *(
        "W = ones(1000, 1000)\nf = sum(W)",
        "W = ones(2, 2, 2, 2, 2)\nsum(W)",
        "f = cross_entropy([[1, 2]], [5])",
    ),
    *(
        "f = cross_entropy([[1, 2]], [0.5])",
        "f = cross_entropy(1, 2)",
        "f = x[0]",
        "f = x.T",
        "f = 1 if 1 else 2",
    ),
    *(
        "f = 1 < 2",
        "f = not 1",
        "f = 1 and 2",
        "π = 3\nπ × π",
        "f = 2 · 3 ÷ 4 − 1",
        "\u202e f = 1",
        "f\u200b = 1",
    ),
    *(
        "f = 😀",
        "名 = 2\n名 * 名",
        "f = 1\x00",
        "f = 1\x1b[31m",
        "\ufeff1",
        "a" * 4000,
        "f = " + "a" * 300 + " * 2",
        "\t1",
    ),
    *(
        "True",
        "None",
        "f = True",
        "f = max(1)",
        "f = max(1, 2, 3)",
        "f = max()",
        "f(x) = x",
        "f = g(x)",
        "f = 3(4)",
    ),
]


@pytest.mark.parametrize("source", PROGRAMS, ids=range(len(PROGRAMS)))
async def test_program_is_answered_or_refused_in_words(source: str, graph: Post, problem: Problem) -> None:
    response = await graph(source, inputs={"x": 2})
    if response.status_code == 200:
        assert "nodes" in response.json()
        return
    document = problem(response, 422, response.json()["code"])
    detail = document["detail"]
    assert "\n" not in detail
    assert detail[0] == detail[0].lower()
    if document["span"] is not None:
        start, end = document["span"]
        assert 0 <= start <= end <= len(source)


@pytest.mark.parametrize("name", ["", " ", "x y", "é", "😀", "__class__", "sum", "\x00", "x" * 10_000])
async def test_odd_input_names(name: str, graph: Post) -> None:
    assert (await graph("f = 1", inputs={name: 1})).status_code in {200, 422}
