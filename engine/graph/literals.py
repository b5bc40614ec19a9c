"""Numbers written in the program: signed numbers, and lists of them."""

import numpy as np

from engine import limits as limit_table
from engine.errors import LanguageError
from engine.language import syntax
from engine.language.syntax import Apply, Expression, Number, Value
from engine.limits import Limits
from engine.ops.op import Array


def signed_number(item: Value) -> float | None:
    """The number written, with any minus signs in front; None for anything else."""
    sign = 1.0
    while isinstance(item, Apply) and item.function == "negative" and len(item.arguments) == 1:
        sign, item = -sign, item.arguments[0]
    return sign * item.value if isinstance(item, Number) else None


def is_literal(expression: Expression) -> bool:
    """Whether the expression is a signed number or a bracketed list."""
    return isinstance(expression, syntax.Array) or signed_number(expression) is not None


def literal_value(expression: Expression, limits: Limits = limit_table.DEFAULT) -> Array:
    """The tensor a literal stands for.

    Raises LanguageError for a list that is ragged or holds anything but signed numbers.
    """
    if isinstance(expression, Number):
        return np.asarray(expression.value)
    values: list[float] = []
    shape = _collect(expression, values, 0, limits)
    return np.asarray(values, dtype=np.float64).reshape(shape)


def _collect(item: Expression, values: list[float], depth: int, limits: Limits) -> tuple[int, ...]:
    """Append the item's numbers to `values` and return its shape. Depth is bounded by NumPy's own."""
    if not isinstance(item, syntax.Array):
        value = signed_number(item)
        if value is None:
            raise LanguageError(
                "not_a_number",
                "a list holds numbers only",
                span=item.span,
                hint="write the number itself there, or join values with `stack([a, b])`",
            )
        values.append(value)
        return ()
    limits.check("rank", depth + 1, item.span)
    if depth >= 32:
        raise LanguageError(
            "too_many_axes", "a tensor has at most 32 axes", span=item.span, hint="remove brackets"
        )
    shapes = [_collect(part, values, depth + 1, limits) for part in item.items]
    for part, shape in zip(item.items, shapes, strict=True):
        if shape != shapes[0]:
            raise LanguageError(
                "ragged",
                "the rows of this list differ in length",
                span=part.span,
                hint="give every row as many elements as the first",
            )
    return (len(item.items), *shapes[0])
