"""The one encoder."""

import json
import math

import msgpack
import numpy as np
import pytest

from app.encoding import (
    PREVIEWED,
    TensorWriter,
    join_entries,
    nested,
    plain,
    preview,
    statistics,
    to_entries,
    to_json,
    to_msgpack,
)
from engine.errors import LimitError


def test_non_finite_numbers_are_words() -> None:
    value = {"a": [math.nan, math.inf, -math.inf, 1.5], "b": np.float32("nan")}
    expected = {"a": ["NaN", "Infinity", "-Infinity", 1.5], "b": "NaN"}
    assert json.loads(to_json(value)) == expected
    assert msgpack.unpackb(to_msgpack(value)) == expected


def test_arrays_become_nested_lists() -> None:
    assert nested(np.array(2.0)) == 2.0
    assert nested(np.array(np.nan)) == "NaN"
    assert nested(np.array([[1.0, np.inf], [2.0, 3.0]])) == [[1.0, "Infinity"], [2.0, 3.0]]
    assert nested(np.array([True, False])) == [True, False]
    assert nested(np.arange(3)) == [0, 1, 2]


def test_numpy_scalars_and_odd_things_are_made_plain() -> None:
    assert plain({1: np.int64(3), "t": (1, 2), "b": b"x", "o": 1j}) == {
        "1": 3,
        "t": [1, 2],
        "b": b"x",
        "o": "1j",
    }
    assert plain(np.bool_(True)) is True


def test_texts_keep_their_characters() -> None:
    assert to_json("π × 😀") == '"π × 😀"'.encode()
    assert to_json("\ud800") == b'"?"'
    assert msgpack.unpackb(to_msgpack({"\ud800": "\udc00"})) == {"?": "?"}


def test_floats_survive_exactly() -> None:
    numbers = [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, -0.0, 2**53 + 1.0]
    assert json.loads(to_json(numbers)) == numbers


def test_statistics_are_of_the_finite_elements() -> None:
    found = statistics(np.array([3.0, 4.0, np.nan, np.inf]))
    assert found == {
        "min": 3.0,
        "max": 4.0,
        "mean": 3.5,
        "std": 0.5,
        "norm": pytest.approx(5.0),
        "nonfinite": 2,
    }


def test_statistics_of_nothing_finite() -> None:
    found = statistics(np.full(5, np.nan))
    assert found == {"min": None, "max": None, "mean": None, "std": None, "norm": None, "nonfinite": 5}


def test_statistics_do_not_overflow() -> None:
    found = statistics(np.array([1e300, -1e300]))
    assert (found["mean"], found["std"]) == (0.0, 1e300)
    assert found["norm"] == pytest.approx(2**0.5 * 1e300)
    assert statistics(np.zeros(3))["norm"] == 0.0
    assert statistics(np.full(4, 1.7e308))["norm"] == "Infinity"


def test_writer_counts_what_it_writes() -> None:
    write = TensorWriter(most=6, shown=4)
    assert write(None) is None
    assert write(np.zeros(4)) == [0.0] * 4
    assert write(np.zeros(5))["truncated"] is True
    assert write.numbers == 4
    with pytest.raises(LimitError, match="7 is more than the 6 allowed"):
        write(np.zeros(3))


def test_preview_shows_the_largest_element_of_each_block() -> None:
    assert preview(np.arange(64.0)).tolist() == [[float(n) for n in range(1, 64, 2)]]
    tall = preview(np.array([[1.0], [-3.0], [2.0]] * 16))
    assert tall.tolist() == [[-3.0]] * 16
    assert preview(np.zeros((2, 3, 4, 5))).shape == (16, 5)
    assert preview(np.zeros((3, 5))).shape == (3, 5)


def test_preview_shows_what_is_not_finite() -> None:
    blocks = preview(np.tile([1e300, -np.inf, 2.0, np.nan, np.inf, 5.0], (48, 16)))
    assert blocks.shape == (16, 32)
    assert np.isneginf(blocks[:, ::2]).all()
    assert np.isnan(blocks[:, 1::2]).all()
    assert TensorWriter(shown=4)(np.full(5, -np.inf))["preview"] == [["-Infinity"] * 5]


def test_previews_leave_off_before_the_answer_is_too_large() -> None:
    write = TensorWriter()
    large = np.ones((64, 64))
    shown = [write(large)["preview"] for _ in range(PREVIEWED // 512 + 1)]
    assert shown[0] == [[1.0] * 32] * 16
    assert shown[-1] == []
    assert write.numbers == 0


def test_json_says_bytes_as_base64() -> None:
    assert to_json({"a": b"\x00\xff", "b": [b""]}) == b'{"a":"AP8=","b":[""]}'
    assert to_json([b"hi", math.inf]) == b'["aGk=","Infinity"]'


@pytest.mark.parametrize("counts", [(0, 0), (3, 2), (15, 0), (15, 1), (16, 0), (20, 300)])
def test_entries_are_joined_to_one_map(counts: tuple[int, int]) -> None:
    maps = [{f"{n} {i}": [i, "a", b"b", math.nan] for i in range(n)} for n in counts]
    joined = join_entries(*map(to_entries, maps))
    assert joined == to_msgpack(maps[0] | maps[1])
