"""NumPy functions the op table's texts call, each short enough to be printed with generated code."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x), computed so that e^ never overflows."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def normal_cdf(x: Array) -> Array:
    """The chance that a standard normal number lies below x, erfc(-x / sqrt 2) / 2."""
    x = np.asarray(x)
    if x.dtype == np.float32:
        return (1 + erf_single(x * np.float32(0.70710678))) / 2
    erfc = np.vectorize(math.erfc, otypes=[float])
    return erfc(x / -math.sqrt(2)) / 2


def erf_single(x: Array) -> Array:
    """erf(x) in single precision, off by 5e-7 at most: an odd polynomial over an even one.

    Source: the rational approximation over [-4, 4] of Eigen 3.4, `generic_fast_erf_float`.
    """
    x = np.clip(x, -4, 4)
    odd = (-2.7261423e-10, 2.7706814e-08, -2.1010240e-06, -5.6925064e-05, -7.3499063e-04)
    odd = np.array((*odd, -2.9545998e-03, -1.6096033e-02), np.float32)
    even = (-1.4566072e-05, -2.1337405e-04, -1.6828270e-03, -7.3733292e-03, -1.4264739e-02)
    even = np.array(even, np.float32)
    return np.clip(x * np.polyval(odd, x * x) / np.polyval(even, x * x), -1, 1)


def softmax(x: Array, axis: Any = -1) -> Array:
    """e^x / sum(e^x), shifted by the maximum so that e^ never overflows."""
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def logsumexp(x: Array, axis: Any = None, keepdims: bool = False) -> Array:
    """ln(sum(e^x)), shifted by the maximum so that e^ never overflows."""
    top = np.max(x, axis=axis, keepdims=True)
    shift = np.where(np.isfinite(top), top, 0)
    out = shift + np.log(np.sum(np.exp(x - shift), axis=axis, keepdims=True))
    return out if keepdims else np.squeeze(out, axis=axis)


def log_softmax(x: Array, axis: Any = -1) -> Array:
    """ln(softmax(x)), shifted by the maximum first: beside a large x, ln(sum(e^x)) would be lost."""
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def power_base_slope(a: Array, b: Array) -> Array:
    """d(a^b)/da = b a^(b-1), and 0 where b = 0."""
    return np.where(b == 0, 0, b * a ** np.where(b == 0, 1, b - 1))


def power_exponent_slope(a: Array, b: Array, out: Array) -> Array:
    """d(a^b)/db = a^b ln a, and 0 where a = 0 and b >= 0."""
    zero = (a == 0) & (b >= 0)
    return np.where(zero, 0, out * np.log(np.where(zero, 1, a)))


def restored(reduced: Array, x: Array, axis: Any, keepdims: bool) -> Array:
    """Put back the axes that a reduction of x took away, with size 1."""
    if axis is None:
        return np.reshape(reduced, (1,) * np.ndim(x))
    return reduced if keepdims else np.expand_dims(reduced, axis)


def spread(upstream: Array, x: Array, axis: Any, keepdims: bool) -> Array:
    """Give every element of x the gradient of the sum it went into."""
    return np.broadcast_to(restored(np.asarray(upstream, dtype=x.dtype), x, axis, keepdims), x.shape)


def share_of_winner(x: Array, out: Array, axis: Any, keepdims: bool) -> Array:
    """1 for the element that is the maximum (or minimum), 0 for the others; ties share evenly."""
    won = x == restored(out, x, axis, keepdims)
    return (won / np.sum(won, axis=axis, keepdims=True)).astype(x.dtype)


def product_of_others(x: Array, axis: Any) -> Array:
    """For each element, the product of all others along the axis, zeros included."""
    axes = range(x.ndim) if axis is None else np.atleast_1d(axis)
    last = np.moveaxis(x, tuple(axes), tuple(range(-len(axes), 0)))
    rows = last.reshape(*last.shape[: last.ndim - len(axes)], -1)
    ones = np.ones_like(rows[..., :1])
    before = np.cumprod(np.concatenate((ones, rows[..., :-1]), axis=-1), axis=-1)
    after = np.cumprod(np.concatenate((ones, rows[..., :0:-1]), axis=-1), axis=-1)[..., ::-1]
    return np.moveaxis((before * after).reshape(last.shape), tuple(range(-len(axes), 0)), tuple(axes))


def direction(x: Array, length: Array) -> Array:
    """x / length, and 0 where the length is 0: the minimum-norm subgradient of a length."""
    return np.where(length == 0, 0, x / np.where(length == 0, 1, length))


def scatter(upstream: Array, x: Array, entries: Any) -> Array:
    """Zeros like x, with upstream put where the elements were picked from."""
    out = np.zeros_like(x)
    out[entries] = upstream
    return out


def log_probabilities(scores: Array, y: Array) -> tuple[Array, Array, Array]:
    """ln(softmax(scores)), one row per example, with each row's number and label.

    Written with `reduce`, which is what `np.max` and `np.sum` call in the end: training runs this
    at every step, and on small batches the calls in between cost as much as the sums.
    """
    log_p = scores.reshape(-1, scores.shape[-1])
    log_p = log_p - np.maximum.reduce(log_p, axis=1, keepdims=True)
    log_p -= np.log(np.add.reduce(np.exp(log_p), axis=1, keepdims=True))
    labels = np.asarray(y, dtype=int).ravel()
    return log_p, np.arange(len(labels)), labels


def cross_entropy(saved: tuple[Array, Array, Array]) -> Array:
    """-ln(probability of the right class), averaged over examples."""
    log_p, rows, labels = saved
    return np.add.reduce(log_p[rows, labels]) / -len(rows)


def cross_entropy_slope(saved: tuple[Array, Array, Array], scores: Array) -> Array:
    """(softmax(scores) - one_hot(labels)) / N: the probabilities, less 1 at the right class."""
    log_p, rows, labels = saved
    slope = np.exp(log_p)
    slope[rows, labels] -= 1
    slope /= len(rows)
    return slope.reshape(scores.shape)


def margins(scores: Array, y: Array, margin: float) -> Array:
    """max(0, s_j - s_y + margin) for each wrong class j; 0 for the right one."""
    rows = scores.reshape(-1, scores.shape[-1])
    labels = np.asarray(y).astype(int).reshape(-1, 1)
    out = np.maximum(0, rows - np.take_along_axis(rows, labels, axis=1) + margin)
    np.put_along_axis(out, labels, 0, axis=1)
    return out


def scores_at_margin(scores: Array, y: Array, margin: float) -> Array:
    """Where a wrong class's score lies exactly at the margin below the right one's."""
    rows = scores.reshape(-1, scores.shape[-1])
    labels = np.asarray(y).astype(int).reshape(-1, 1)
    at_margin = rows - np.take_along_axis(rows, labels, axis=1) == -margin
    np.put_along_axis(at_margin, labels, False, axis=1)
    return at_margin


def hinge_slope(violated: Array, y: Array, scores: Array) -> Array:
    """1 / N for each wrong class within the margin, minus their count at the right class."""
    slope = (violated > 0).astype(scores.dtype)
    labels = np.asarray(y).astype(int).reshape(-1, 1)
    np.put_along_axis(slope, labels, -np.sum(slope, axis=1, keepdims=True), axis=1)
    return slope.reshape(scores.shape) / len(labels)


def unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which its argument was broadcast.

    Each copy that broadcasting made receives a gradient, and copies add up.
    """
    extra = gradient.ndim - len(shape)
    if extra:
        gradient = np.sum(gradient, axis=tuple(range(extra)))
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1 and gradient.shape[axis] != 1)
    return np.sum(gradient, axis=stretched, keepdims=True) if stretched else gradient


def summed_product(left: Array, right: Array, shape: tuple[int, ...]) -> Array:
    """left @ right, summed over the leading axes along which a tensor of `shape` was broadcast.

    Those axes are made part of the inner one, so nothing larger than the factors and the result is made.
    """
    rank = max(left.ndim, right.ndim)
    left = left.reshape((1,) * (rank - left.ndim) + left.shape)
    right = right.reshape((1,) * (rank - right.ndim) + right.shape)
    own = (1,) * (rank - len(shape)) + shape
    summed = [axis for axis in range(rank - 2) if own[axis] == 1]
    kept = [axis for axis in range(rank - 2) if own[axis] != 1]
    left = left.transpose(*kept, rank - 2, *summed, rank - 1)
    right = right.transpose(*kept, *summed, rank - 2, rank - 1)
    left = left.reshape(*left.shape[: len(kept) + 1], -1)
    right = right.reshape(*right.shape[: len(kept)], -1, right.shape[-1])
    return (left @ right).reshape(shape)


HELPERS: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        sigmoid,
        normal_cdf,
        erf_single,
        softmax,
        logsumexp,
        log_softmax,
        power_base_slope,
        power_exponent_slope,
        restored,
        spread,
        share_of_winner,
        product_of_others,
        direction,
        scatter,
        log_probabilities,
        cross_entropy,
        cross_entropy_slope,
        margins,
        scores_at_margin,
        hinge_slope,
        unbroadcast,
        summed_product,
    )
}
"""Name of each helper as it appears in a text."""
