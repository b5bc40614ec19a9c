"""Shape rules and costs that several ops share."""

from collections.abc import Callable
from math import prod
from typing import Any, cast

from engine.errors import InputError, ShapeError
from engine.ops.op import Options, Shape


def written(shape: Shape) -> str:
    """A shape as Python writes it."""
    return f"({shape[0]},)" if len(shape) == 1 else f"({', '.join(map(str, shape))})"


def same(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """The argument's own shape."""
    return shapes[0]


def broadcast(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """NumPy broadcasting: aligned at the last axis, sizes equal or 1. Raises ShapeError for others."""
    if len(shapes) == 2 and shapes[0] == shapes[1]:
        return shapes[0]
    out: list[int] = []
    longest = max(len(shape) for shape in shapes)
    for axis in range(-longest, 0):
        sizes = {shape[axis] for shape in shapes if len(shape) >= -axis} - {1}
        if len(sizes) > 1:
            together = " and ".join(written(shape) for shape in shapes)
            raise ShapeError(
                "cannot_broadcast",
                f"shapes {together} do not fit: sizes {' and '.join(map(str, sorted(sizes)))} differ",
                hint="sizes must be equal or 1, counted from the last axis",
                parameters={"shapes": [list(shape) for shape in shapes]},
            )
        out.append(sizes.pop() if sizes else 1)
    return tuple(out)


def summed_axes(out: Shape, argument: Shape) -> tuple[int, ...]:
    """The axes of `out` along which an elementwise gate's argument was broadcast: summed going back."""
    extra = len(out) - len(argument)
    stretched = [extra + axis for axis, size in enumerate(argument) if size == 1 != out[extra + axis]]
    return (*range(extra), *stretched)


def axes(options: Options, rank: int) -> tuple[int, ...]:
    """The axes an `axis` option names, counted from 0. Raises InputError when there is no such axis."""
    axis = options["axis"]
    if axis is None:
        return tuple(range(rank))
    wanted = cast("tuple[Any, ...]", axis) if isinstance(axis, tuple) else (axis,)
    for one in wanted:
        if not isinstance(one, int) or isinstance(one, bool) or not -rank <= one < rank:
            raise InputError(
                "bad_axis",
                f"axis {one} does not exist: the tensor has {rank} axes",
                hint=f"use an integer from {-rank} to {rank - 1}" if rank else "leave axis out for a scalar",
                parameters={"axis": str(one), "rank": rank},
            )
    counted = sorted([int(one) % rank for one in wanted if one is not None])
    if len(set(counted)) < len(counted):
        raise InputError(
            "repeated_axis",
            f"axis {wanted} names an axis twice",
            hint="name each axis once",
            parameters={"axis": str(wanted)},
        )
    return tuple(counted)


def reduced(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """The shape left after reducing over `axis`."""
    gone = axes(options, len(shapes[0]))
    if options.get("keepdims"):
        return tuple(1 if axis in gone else size for axis, size in enumerate(shapes[0]))
    return tuple(size for axis, size in enumerate(shapes[0]) if axis not in gone)


def matrix_product(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """NumPy's `@`: (..., n, m) by (..., m, k) gives (..., n, k), leading axes broadcast.

    A vector is a row on the left, a column on the right. Raises ShapeError for scalars, and where the inner
    sizes or the leading axes do not fit.
    """
    left, right = shapes
    if not left or not right:
        raise ShapeError(
            "scalar_in_matmul",
            f"cannot matrix-multiply {written(left)} by {written(right)}: one of them is a scalar",
            hint="multiply by a scalar with `*`",
            parameters={"shapes": [list(left), list(right)]},
        )
    inner_left, inner_right = left[-1], right[-2:][0]
    if inner_left != inner_right:
        raise ShapeError(
            "inner_sizes_differ",
            f"cannot multiply {written(left)} by {written(right)}:"
            f" inner sizes {inner_left} and {inner_right} differ",
            hint="transpose one of them with `.T`, or check the shapes",
            parameters={"shapes": [list(left), list(right)], "inner": [inner_left, inner_right]},
        )
    rows = left[-2:-1]
    columns = right[-1:] if len(right) > 1 else ()
    return broadcast((left[:-2], right[:-2]), options) + rows + columns


def same_along_axis(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """The argument's own shape. Raises ShapeError for a scalar, InputError for an axis it does not have."""
    if not shapes[0]:
        raise ShapeError(
            "scalar_without_axis",
            "a single number has no axis to work along",
            hint="give a vector or a matrix",
        )
    if options["axis"] is not None:
        axes(options, len(shapes[0]))
    return shapes[0]


def outer_product(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """Two vectors, (n,) and (m,), give (n, m). Raises ShapeError for anything else."""
    left, right = shapes
    if len(left) != 1 or len(right) != 1:
        raise ShapeError(
            "not_vectors",
            f"outer takes two vectors, not shapes {written(left)} and {written(right)}",
            hint="for matrices use `@`",
            parameters={"shapes": [list(left), list(right)]},
        )
    return (left[0], right[0])


def transposed(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """The axes in reverse order."""
    return shapes[0][::-1]


def reshaped(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """The shape asked for, -1 filled in. Raises ShapeError unless it holds as many elements."""
    shape: Any = options["shape"]
    asked = cast("tuple[Any, ...]", shape) if isinstance(shape, tuple) else (shape,)
    count = prod(shapes[0])
    known = prod(size for size in asked if size != -1)
    whole = all(isinstance(size, int) and (size > 0 or size == -1) for size in asked)
    if whole and asked.count(-1) == 1 and count % known == 0:
        asked = tuple(count // known if size == -1 else size for size in asked)
    if not whole or -1 in asked or prod(asked) != count:
        raise ShapeError(
            "cannot_reshape",
            f"cannot reshape {written(shapes[0])}, which has {count} elements, to {written(asked)}",
            hint="the sizes must multiply to the same number",
            parameters={"shapes": [list(shapes[0]), list(asked)]},
        )
    return asked


def _joinable(shapes: tuple[Shape, ...], axis: int | None) -> None:
    """Raise ShapeError unless the shapes agree on every axis but `axis`."""
    for shape in shapes[1:]:
        if len(shape) != len(shapes[0]) or any(
            position != axis and size != shapes[0][position] for position, size in enumerate(shape)
        ):
            raise ShapeError(
                "cannot_join",
                f"shapes {written(shapes[0])} and {written(shape)} cannot be joined",
                hint="all sizes must agree, except along the axis they are joined on",
                parameters={"shapes": [list(one) for one in shapes]},
            )


def concatenated(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """Sizes add up along the axis. Raises ShapeError for scalars, and where other axes differ."""
    axis = axes(options, len(shapes[0]))[0] if shapes[0] else -1
    if axis < 0:
        raise ShapeError("scalar_without_axis", "single numbers cannot be joined", hint="use `stack`")
    _joinable(shapes, axis)
    joined = sum(shape[axis] for shape in shapes)
    return (*shapes[0][:axis], joined, *shapes[0][axis + 1 :])


def stacked(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """A new axis as long as the list of arguments. Raises ShapeError where their shapes differ."""
    _joinable(shapes, None)
    axis = axes(options, len(shapes[0]) + 1)[0]
    return (*shapes[0][:axis], len(shapes), *shapes[0][axis:])


def picked(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """The shape of `x[entries]`: an integer takes its axis away, a slice leaves so many elements.

    Raises ShapeError for positions and axes that are not there, and where nothing is picked.
    """
    shape, entries = shapes[0], cast("tuple[int | slice, ...]", options["entries"])
    if len(entries) > len(shape):
        raise _bad_index(shape, f"{len(entries)} entries for {len(shape)} axes")
    kept: list[int] = []
    for entry, size in zip(entries, shape, strict=False):  # axes without an entry are kept
        if isinstance(entry, int):
            if not -size <= entry < size:
                raise _bad_index(shape, f"there is no position {entry} on an axis of {size}")
        elif entry.step == 0:
            raise _bad_index(shape, "the step of a slice cannot be 0")
        else:
            kept.append(len(range(*entry.indices(size))))
    if 0 in kept:
        raise ShapeError("empty", "the index picks no element", hint="widen the slice")
    return (*kept, *shape[len(entries) :])


def _bad_index(shape: Shape, reason: str) -> ShapeError:
    return ShapeError(
        "bad_index",
        f"the index does not fit shape {written(shape)}: {reason}",
        hint="positions count from 0, and from -1 at the end",
        parameters={"shape": list(shape)},
    )


def alike(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """Two arguments of one shape give a scalar. Raises ShapeError for two shapes."""
    if shapes[0] != shapes[1]:
        raise ShapeError(
            "shapes_differ",
            f"shapes {written(shapes[0])} and {written(shapes[1])} differ",
            hint="a loss compares tensors of one shape; reshape one of them",
            parameters={"shapes": [list(shape) for shape in shapes]},
        )
    return ()


def labelled(shapes: tuple[Shape, ...], options: Options) -> Shape:
    """Scores (N, C) with labels (N,), or scores (C,) with one label, give a scalar.

    Raises ShapeError for anything else.
    """
    scores, labels = shapes
    if len(scores) not in (1, 2) or labels != scores[:-1]:
        raise ShapeError(
            "labels_do_not_fit",
            f"scores {written(scores)} and labels {written(labels)} do not fit",
            hint="scores are (N, C), one row per example; labels are (N,), one class number per example",
            parameters={"shapes": [list(scores), list(labels)]},
        )
    return ()


def per_element(operations: int = 1) -> Callable[[tuple[Shape, ...], Shape], int]:
    """A cost of so many operations for each element of the largest operand."""

    def cost(shapes: tuple[Shape, ...], out: Shape) -> int:
        return operations * max(map(prod, (*shapes, out)))

    return cost


def matrix_product_cost(shapes: tuple[Shape, ...], out: Shape) -> int:
    """A multiplication and an addition for each output element and inner index."""
    return 2 * prod(out) * shapes[0][-1]
