"""The error function, in double and in single precision."""

import math

import numpy as np
import pytest

from engine.ops.functions import erf_single, normal_cdf

POINTS = np.concatenate([np.linspace(-7, 7, 20_001), np.logspace(-30, 0, 500), [0.0, -np.inf, np.inf]])


def test_single_precision_is_as_exact_as_it_says() -> None:
    x = POINTS.astype(np.float32)
    exact = np.array([math.erf(number) for number in x])
    found = erf_single(x)
    assert found.dtype == np.float32
    assert np.abs(found - exact).max() < 5e-7
    # and relatively, where it is small
    small = (x != 0) & (np.abs(x) < 1)
    assert np.abs(found[small] / exact[small] - 1).max() < 1e-6
    assert np.array_equal(found, -erf_single(-x))
    assert np.isnan(erf_single(np.array([np.nan], np.float32))).all()


def test_a_normal_number_lies_below_x_with_this_chance() -> None:
    exact = np.array([math.erfc(-x / math.sqrt(2)) / 2 for x in POINTS])
    assert np.array_equal(normal_cdf(POINTS), exact)
    assert normal_cdf(np.array(-7.0)) == pytest.approx(1.279812543885835e-12, rel=1e-14)
    single = normal_cdf(POINTS.astype(np.float32))
    assert single.dtype == np.float32
    assert np.abs(single - exact).max() < 3e-7
    assert 0 <= single.min() <= single.max() <= 1
