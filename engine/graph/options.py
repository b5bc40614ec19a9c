"""Options of a call, such as `axis=0`: from what is written to a Python value of the right kind."""

from engine.errors import LanguageError
from engine.graph.literals import is_literal, literal_value
from engine.language.grammar import LARGEST_WHOLE
from engine.language.syntax import Apply, Expression, Value
from engine.ops import Op

Option = bool | float | tuple[int, ...] | None


def read_option(op: Op, name: str, given: Value, call: Apply) -> Option:
    """The value of an option: True, False, None, a number or a tuple of whole numbers, all written out.

    Raises LanguageError for one that is computed, or not of the kind the option takes.
    """
    value = given if isinstance(given, bool) or given is None else _number(op, name, given)
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
    return value


def _number(op: Op, name: str, given: Expression) -> float | tuple[int, ...]:
    """A number, or whole numbers in brackets; whole numbers come as integers."""
    value = literal_value(given) if is_literal(given) else None
    numbers = [] if value is None else [_as_written(float(number)) for number in value.ravel()]
    if value is not None and value.ndim == 0:
        return numbers[0]
    whole = tuple([number for number in numbers if isinstance(number, int)])
    if value is None or value.ndim > 1 or len(whole) < len(numbers):
        raise LanguageError(
            "option_not_literal",
            f"`{name}` of `{op.name}` must be written out, as a number or as whole numbers in brackets",
            span=given.span,
            hint=f"write `{op.signature}`",
            parameters={"function": op.name, "keyword": name},
        )
    return whole


def _as_written(number: float) -> int | float:
    return int(number) if number.is_integer() and abs(number) <= LARGEST_WHOLE else number
