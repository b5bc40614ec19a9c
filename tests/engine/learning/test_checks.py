"""The numbers of a specification are refused in words that say what would do."""

from math import inf, nan

import pytest

from engine.errors import InputError
from engine.learning.checks import number, one_of, whole

HUGE = pytest.param(10**5000, id="huge")


@pytest.mark.parametrize("value", [0, 11, -1, 2.0, True, "3", None, nan, HUGE])
def test_whole_refuses_what_is_not_a_whole_number_in_range(value: object) -> None:
    with pytest.raises(InputError, match=r"classes is .*a whole number from 1 to 10"):
        whole("classes", value, 1, 10)


@pytest.mark.parametrize("value", [nan, inf, -inf, -0.1, "1", None, True, HUGE])
def test_number_refuses_what_is_not_finite_or_too_small(value: object) -> None:
    with pytest.raises(InputError, match=r"noise is .*a finite number of at least 0") as caught:
        number("noise", value, 0)
    assert caught.value.code == "out_of_range"
    assert caught.value.hint
    assert len(caught.value.detail) < 120


def test_ends_of_a_range_belong_to_it() -> None:
    whole("classes", 1, 1, 10)
    whole("classes", 10, 1, 10)
    number("noise", 0, 0, 1)
    number("noise", 1.0, 0, 1)
    number("learning_rate", 1e300, 0)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="no optimizer named 'sdg'") as caught:
        one_of("optimizer", "sdg", ("sgd", "adam"))
    assert caught.value.hint == "choose one of sgd, adam"
