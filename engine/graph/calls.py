"""From a call in the program to an op of the table and its options."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from engine.errors import LONGEST_QUOTE, LanguageError, quoted
from engine.graph.initializers import INITIALIZERS
from engine.graph.literals import is_literal, literal_value
from engine.language.parser import CONSTANTS, LARGEST_WHOLE, WORDS
from engine.language.syntax import Apply, Array, Expression, Index, Keyword, arguments
from engine.ops import OPS, Op
from engine.ops.op import Options

ALIASES = {"dot": "matmul", "amax": "max", "amin": "min", "[]": "index"}
"""Other names of an op; brackets behind a value have no other."""

TWO_ARGUMENT_NAMES = {"max": "maximum", "min": "minimum"}
"""`max(a, b)` with two arguments means the elementwise `maximum`, `x.max(0)` and `np.max(x, 0)` an axis."""

RESERVED = (
    frozenset(name for name, op in OPS.items() if op.reserved)
    | frozenset(INITIALIZERS)
    | frozenset(ALIASES)
    | frozenset(CONSTANTS)
    | frozenset(WORDS)
)
"""Names that a program cannot give to a value."""

FUNCTIONS = sorted(RESERVED - frozenset(CONSTANTS) - frozenset(WORDS) - {"[]"})
"""What can be meant by a call."""
SYNONYMS = {"ln": "log", "logistic": "sigmoid", "swish": "silu", "average": "mean"}
"""Names that some know a function by."""


def resolved(call: Apply) -> Op | None:
    """The op of that name, or None."""
    name = ALIASES.get(call.function, call.function)
    if name in TWO_ARGUMENT_NAMES and len(call.arguments) == 2:
        along_axis = name != call.function and is_literal(call.arguments[1])
        name = name if along_axis else TWO_ARGUMENT_NAMES[name]
    return None if call.function == "index" else OPS.get(name)


def as_call(expression: Apply | Index) -> Apply:
    """An index is a call of `index` with its entries as an option."""
    if isinstance(expression, Apply):
        return expression
    entries = Keyword("entries", expression.entries, expression.span)
    return Apply("[]", (expression.base,), (entries,), expression.span, expression.span)


def tensor_arguments(expression: Expression) -> tuple[Expression, ...]:
    """The arguments that are tensors: without options given by position, and with lists opened.

    `sum(x, 0)` has one, x; `stack([a, b])` has two.
    """
    if isinstance(expression, Apply) and (op := resolved(expression)) is not None:
        if op.variadic:
            first = expression.arguments[0] if expression.arguments else None
            return first.items if isinstance(first, Array) else expression.arguments
        return expression.arguments[: len(op.arguments)]
    return arguments(expression)


def find_op(call: Apply) -> Op:
    """The op a call applies. Raises LanguageError for an unknown function or a wrong number of arguments."""
    op = resolved(call)
    if op is None:
        raise _unknown(call)
    least = 1 if op.variadic else len(op.arguments)
    any_number = op.name == "reshape" or (op.variadic and not _is_listed(call))
    most = len(call.arguments) if any_number else least + len(op.options)
    if least <= len(call.arguments) <= most:
        return op
    raise LanguageError(
        "wrong_number_of_arguments",
        f"`{op.name}` takes {_counted(least, 'argument')}, not {len(call.arguments)}",
        span=call.span,
        hint=f"write `{op.signature}`",
        parameters={"function": op.name, "expected": least, "given": len(call.arguments)},
    )


def _is_listed(call: Apply) -> bool:
    """Whether a variadic op's arguments stand in a list, as in `stack([a, b], axis=1)`."""
    return bool(call.arguments) and isinstance(call.arguments[0], Array)


def read_options(op: Op, call: Apply) -> Options:
    """The call's options: the op's defaults, then those given by position, then those given by name."""
    options: dict[str, Any] = dict(op.options)
    by_position = _given_by_position(op, call)
    options.update(by_position)
    for keyword in call.keywords:
        if keyword.name in by_position:
            raise LanguageError(
                "given_twice",
                f"`{keyword.name}` is given twice, by its place and by its name",
                span=keyword.span,
                hint="leave one of them out",
                parameters={"name": keyword.name},
            )
        if keyword.name not in options:
            known = ", ".join(f"`{name}`" for name in options) or "none"
            raise LanguageError(
                "unknown_keyword",
                f"`{op.name}` has no argument {quoted(keyword.name)}",
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
        extra = call.arguments[1:] if _is_listed(call) else ()
    else:
        extra = call.arguments[len(op.arguments) :]
    values = [_plain(item, op) for item in extra]
    if op.name == "reshape" and len(values) > 1:
        values = [tuple([_one(value, item, op) for value, item in zip(values, extra, strict=True)])]
    return dict(zip(op.options, values, strict=False))  # a call may leave options out


def _one(value: float | tuple[int, ...], item: Expression, op: Op) -> int:
    """An axis or a size among several: a single whole number."""
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
    numbers = [
        int(number) if number.is_integer() and abs(number) <= LARGEST_WHOLE else number
        for number in map(float, value.ravel())
    ]
    if value.ndim == 0:
        return numbers[0]
    return tuple([_one(number, item, op) for number in numbers])


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
        right = isinstance(value, int | tuple) and not isinstance(value, bool)
        right, wanted = right or (value is None and default is not ...), "integers"
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
    meant = SYNONYMS.get(name.lower()) or closest(name.lower(), FUNCTIONS)
    return LanguageError(
        "unknown_function",
        f"unknown function {quoted(name)}",
        span=call.function_span,
        hint=f"did you mean `{meant}`?" if meant else "the list of functions is in the help",
        parameters={"function": name, "suggestion": meant},
    )


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one, if any does."""
    # comparing is slow for what nobody would call a name
    return next(iter(get_close_matches(name, known, n=1)), None) if len(name) <= LONGEST_QUOTE else None


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
