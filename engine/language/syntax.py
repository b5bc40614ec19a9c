"""The syntax tree: four kinds of expression, each with its span in the source."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.errors import Span


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A finite number written in the program."""

    value: float
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A use of an input or of an earlier statement's result."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """A bracketed list, possibly of lists: a vector, a matrix, a tensor."""

    items: tuple["Expression", ...]
    span: Span


Literal = bool | int | float | tuple[int | slice, ...] | None
"""What a keyword argument may be: True, False, None, a signed number, integers (or an index)."""


@dataclass(frozen=True, slots=True, eq=False)
class Keyword:
    """A keyword argument of a call, such as `axis=0`."""

    name: str
    value: Literal
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Apply:
    """A function applied to arguments. Operators are functions: `a + b` applies `add`.

    `span` covers the whole expression, `function_span` the function's name or the operator.
    """

    function: str
    arguments: tuple["Expression", ...]
    keywords: tuple[Keyword, ...]
    span: Span
    function_span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Elements picked from a tensor: `x[0]`, `x[1:3, -1]`."""

    base: "Expression"
    entries: tuple[int | slice, ...]
    span: Span


Expression = Number | Name | Array | Apply | Index


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """`name = expression`, or an expression alone (`name` is then None)."""

    name: str | None
    name_span: Span | None
    expression: Expression


def arguments(expression: Expression) -> tuple[Expression, ...]:
    """The arguments of an expression, in written order (keywords, list items and indices left out)."""
    if isinstance(expression, Apply):
        return expression.arguments
    if isinstance(expression, Index):
        return (expression.base,)
    return ()


def postorder(
    root: Expression, children: Callable[[Expression], tuple[Expression, ...]] = arguments
) -> Iterator[Expression]:
    """Every expression below `root`, arguments before the expression that uses them.

    Walks with a list of its own instead of calling itself: a long sum is a deep tree.
    """
    waiting: list[tuple[Expression, bool]] = [(root, False)]
    while waiting:
        expression, opened = waiting.pop()
        below = () if opened else children(expression)
        if not below:
            yield expression
            continue
        waiting.append((expression, True))
        waiting.extend((child, False) for child in reversed(below))
