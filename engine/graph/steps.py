"""Statements as the steps of their computation, every call understood before any of them is built."""

from typing import NamedTuple

from engine.errors import Span
from engine.graph.calls import Call, in_order
from engine.graph.initializers import INITIALIZERS
from engine.graph.literals import is_literal
from engine.language.syntax import Apply, Array, Expression, Name, Number, Statement

Steps = tuple[Name | Number | Array | Call, ...]
"""An expression in the order of its computation."""


class Planned(NamedTuple):
    """A statement whose calls are understood: its steps, or the literal or initializer it declares."""

    name: str | None
    name_span: Span | None
    span: Span
    steps: Steps
    declared: Expression | None


def planned(statement: Statement) -> Planned:
    """Tell `name = literal` and `name = initializer(...)`, which make an input, from all else."""
    name, name_span, expression = statement
    drawn = isinstance(expression, Apply) and expression.function in INITIALIZERS
    if name is not None and (drawn or is_literal(expression)):
        return Planned(name, name_span, expression.span, (), expression)
    return Planned(name, name_span, expression.span, tuple(in_order(expression)), None)
