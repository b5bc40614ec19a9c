"""From a call in the program to an op of the table and its options."""

from difflib import get_close_matches
from typing import Any

from engine.errors import LanguageError
from engine.graph.initializers import INITIALIZERS
from engine.graph.literals import is_literal, literal_value
from engine.language.syntax import Apply, Array, Expression, arguments
from engine.ops import OPS, Op
from engine.ops.op import Options

ALIASES = {"dot": "matmul"}
"""Other names of an op."""

TWO_ARGUMENT_NAMES = {"max": "maximum", "min": "minimum"}
"""`max(a, b)` with two arguments means the elementwise `maximum`."""

RESERVED = (
    frozenset(name for name, op in OPS.items() if op.reserved) | frozenset(INITIALIZERS) | frozenset(ALIASES)
)
"""Names that a program cannot give to a value."""


def resolved(call: Apply) -> Op | None:
    """The op of that name, or None."""
    name = ALIASES.get(call.function, call.function)
    if name in TWO_ARGUMENT_NAMES and len(call.arguments) == 2:
        name = TWO_ARGUMENT_NAMES[name]
    return OPS.get(name)


def tensor_arguments(expression: Expression) -> tuple[Expression, ...]:
    """The arguments that are tensors: without options given by position, and with lists opened.

    `sum(x, 0)` has one, x; `stack([a, b])` has two.
    """
    if isinstance(expression, Apply) and (op := resolved(expression)) is not None:
        first = expression.arguments[:1]
        if op.variadic:
            return first[0].items if first and isinstance(first[0], Array) else expression.arguments
        return expression.arguments[: len(op.arguments)]
    return arguments(expression)


def find_op(call: Apply) -> Op:
    """The op a call applies. Raises LanguageError for an unknown function or a wrong number of arguments."""
    op = resolved(call)
    if op is None:
        raise _unknown(call)
    most = len(op.arguments) + (len(call.arguments) if op.name == "reshape" else len(op.options))
    if op.variadic or len(op.arguments) <= len(call.arguments) <= most:
        return op
    raise LanguageError(
        "wrong_number_of_arguments",
        f"`{call.function}` takes {_counted(len(op.arguments), 'argument')}, not {len(call.arguments)}",
        span=call.span,
        hint=f"write `{op.signature}`",
        parameters={"function": call.function, "expected": len(op.arguments), "given": len(call.arguments)},
    )


def read_options(op: Op, call: Apply) -> Options:
    """The call's options: the op's defaults, then those given by position, then those given by name."""
    options: dict[str, Any] = dict(op.options)
    options.update(_given_by_position(op, call))
    for keyword in call.keywords:
        if keyword.name not in options:
            known = ", ".join(f"`{name}`" for name in options) or "none"
            raise LanguageError(
                "unknown_keyword",
                f"`{op.name}` has no argument `{keyword.name}`",
                span=keyword.span,
                hint=f"its keyword arguments: {known}",
                parameters={"function": op.name, "keyword": keyword.name},
            )
        options[keyword.name] = keyword.value
    for name, value in options.items():
        if value is ...:
            raise LanguageError(
                "missing_argument",
                f"`{op.name}` needs `{name}`",
                span=call.span,
                hint=f"write `{op.signature}`",
                parameters={"function": op.name, "keyword": name},
            )
        _check_kind(op, name, value, call)
    return options


def _given_by_position(op: Op, call: Apply) -> dict[str, Any]:
    """Options written without their names: `sum(x, 0)`, `reshape(x, 2, 3)`."""
    if op.variadic:
        extra = call.arguments[1:] if call.arguments and isinstance(call.arguments[0], Array) else ()
    else:
        extra = call.arguments[len(op.arguments) :]
    values = [_plain(item, op) for item in extra]
    if op.name == "reshape" and len(values) > 1:
        values = [tuple([_one(value, item, op) for value, item in zip(values, extra, strict=True)])]
    return dict(zip(op.options, values, strict=False))


def _one(value: float | tuple[int, ...], item: Expression, op: Op) -> int:
    """A size among several: a single whole number."""
    if isinstance(value, int):
        return value
    raise _not_a_literal(item, op)


def _plain(item: Expression, op: Op) -> float | tuple[int, ...]:
    """The Python value of an option written by position."""
    if not is_literal(item):
        raise _not_a_literal(item, op)
    value = literal_value(item)
    if value.ndim > 1:
        raise _not_a_literal(item, op)
    numbers = [int(number) if float(number).is_integer() else float(number) for number in value.ravel()]
    return numbers[0] if value.ndim == 0 else tuple(int(number) for number in numbers)


def _not_a_literal(item: Expression, op: Op) -> LanguageError:
    return LanguageError(
        "option_not_literal",
        f"this argument of `{op.name}` must be a number written out",
        span=item.span,
        hint=f"write `{op.signature}`",
        parameters={"function": op.name},
    )


def _check_kind(op: Op, name: str, value: Any, call: Apply) -> None:
    """An option must be of its default's kind: a flag, a number, or (for an axis) integers."""
    default = op.options[name]
    if isinstance(default, bool):
        right, wanted = isinstance(value, bool), "True or False"
    elif isinstance(default, float):
        right, wanted = isinstance(value, int | float) and not isinstance(value, bool), "a number"
    elif name == "axis" and op.variadic:
        right, wanted = isinstance(value, int) and not isinstance(value, bool), "an integer"
    else:
        right, wanted = (
            value is None or (isinstance(value, int | tuple) and not isinstance(value, bool)),
            "integers",
        )
    if not right:
        raise LanguageError(
            "bad_option",
            f"`{name}` of `{op.name}` takes {wanted}, not {value}",
            span=call.span,
            hint=f"write `{op.signature}`",
            parameters={"function": op.name, "keyword": name},
        )


def _unknown(call: Apply) -> LanguageError:
    name = call.function
    if name in INITIALIZERS:
        return LanguageError(
            "initializer_in_expression",
            f"`{name}` declares a parameter, so it stands alone",
            span=call.span,
            hint=f"give it a line of its own, as in `W = {name}(2, 16)`",
            parameters={"function": name},
        )
    close = get_close_matches(name, sorted(RESERVED), n=1)
    return LanguageError(
        "unknown_function",
        f"unknown function `{name}`",
        span=call.function_span,
        hint=f"did you mean `{close[0]}`?" if close else "the list of functions is in the help",
        parameters={"function": name, "suggestion": close[0] if close else None},
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
