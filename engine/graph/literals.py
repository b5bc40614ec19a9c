"""Numbers written in the program: signed numbers, and lists of them."""

import numpy as np

from engine import limits as limit_table
from engine.errors import LanguageError
from engine.language import syntax
from engine.language.syntax import Apply, Expression, Number
from engine.limits import Limits
from engine.ops.op import Array


def is_literal(expression: Expression) -> bool:
    """Whether the expression is a signed number or a bracketed list."""
    while isinstance(expression, Apply) and expression.function == "negative":
        expression = expression.arguments[0]
        if isinstance(expression, syntax.Array):
            return False
    return isinstance(expression, Number | syntax.Array)


def literal_value(expression: Expression, limits: Limits = limit_table.DEFAULT) -> Array:
    """The tensor a literal stands for.

    Raises LanguageError for a list that is ragged or holds anything but signed numbers.
    """
    values: list[float] = []
    shape = _collect(expression, values, 0, limits)
    return np.asarray(values, dtype=np.float64).reshape(shape)


def _collect(item: Expression, values: list[float], depth: int, limits: Limits) -> tuple[int, ...]:
    """Append the item's numbers to `values` and return its shape. Depth is bounded by NumPy's own."""
    if not isinstance(item, syntax.Array):
        values.append(_signed(item))
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


def _signed(item: Expression) -> float:
    sign = 1.0
    while isinstance(item, Apply) and item.function == "negative":
        sign, item = -sign, item.arguments[0]
    if isinstance(item, Number):
        return sign * item.value
    raise LanguageError(
        "not_a_number", "a list holds numbers only", span=item.span, hint="write the number itself there"
    )
