"""Tensors that a client sends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pydantic_core import PydanticCustomError

from app.schemas.inputs import to_array


@given(
    arrays.arrays(
        np.float64,
        arrays.array_shapes(min_dims=0, max_dims=4, max_side=4),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_nested_lists_are_read_back_exactly(array: np.ndarray) -> None:
    assert np.array_equal(to_array(array.tolist()), array)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=20,
)


@given(json_values)
def test_anything_is_a_tensor_or_a_complaint(value: object) -> None:
    try:
        array = to_array(value)
    except PydanticCustomError:
        return
    assert array.dtype == np.float64
    assert np.isfinite(array).all()


def test_position_of_the_mistake() -> None:
    with pytest.raises(PydanticCustomError) as caught:
        to_array([[[1, 2], [3, 4]], [[5, True], [7, 8]]])
    assert (caught.value.context or {})["at"] == "[1][0][1]"


def test_depth_costs_no_stack() -> None:
    value: object = 1
    for _ in range(100_000):
        value = [value]
    with pytest.raises(PydanticCustomError, match="at most 4 axes"):
        to_array(value)
