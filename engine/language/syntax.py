"""The syntax tree: four kinds of expression, each with its span in the source."""

from typing import NamedTuple, Union

from engine.errors import Span


class Number(NamedTuple):
    """A finite number written in the program."""

    value: float
    span: Span


class Name(NamedTuple):
    """A use of an input or of an earlier statement's result."""

    text: str
    span: Span


class Array(NamedTuple):
    """A bracketed list, possibly of lists: a vector, a matrix, a tensor."""

    items: tuple["Expression", ...]
    span: Span


Value = Union["Expression", bool, None]
"""What a keyword argument may be: an expression, or one of the words True, False and None."""


class Keyword(NamedTuple):
    """An argument given by its name, such as `axis=0`."""

    name: str
    value: Value
    span: Span


class Apply(NamedTuple):
    """A function applied to arguments. Operators are functions: `a + b` applies `add`.

    `span` covers the whole expression, `function_span` the function's name or the operator.
    """

    function: str
    arguments: tuple["Expression", ...]
    keywords: tuple[Keyword, ...]
    span: Span
    function_span: Span


class Index(NamedTuple):
    """Elements picked from a tensor: `x[0]`, `x[1:3, -1]`."""

    base: "Expression"
    entries: tuple[int | slice, ...]
    span: Span


Expression = Number | Name | Array | Apply | Index


class Statement(NamedTuple):
    """`name = expression`, or an expression alone (`name` is then None)."""

    name: str | None
    name_span: Span | None
    expression: Expression
