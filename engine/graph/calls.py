"""From a call in the program to what it does: an op of the table, its tensors, its options.

Every parameter of an op may be given by its place or by its name, as in Python: `clip(x, 0, 1)` is
`clip(x, high=1, low=0)`. Whatever the order in which they are written, tensors come in the op's own.
"""

from collections.abc import Iterator
from typing import NamedTuple

from engine.errors import LanguageError, Span, quoted
from engine.graph.options import read_option
from engine.graph.vocabulary import applied
from engine.language.syntax import Apply, Array, Expression, Index, Name, Number, Value
from engine.ops import OPS, Op
from engine.ops.op import Options

CALLS = (Apply, Index)


class Call(NamedTuple):
    """A call understood: the op, how many tensors it takes, its options with the defaults filled in."""

    op: Op
    tensors: int
    options: Options
    span: Span


def in_order(root: Expression) -> Iterator[Name | Number | Array | Call]:
    """What an expression is made of, the tensors of a call before the call.

    Walks with a list of its own instead of calling itself: a long sum is a deep tree.
    Raises LanguageError for a call that cannot be understood.
    """
    waiting: list[Expression | Call] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Name):
            yield item
        elif isinstance(item, CALLS):
            call, tensors = understood(item)
            waiting.append(call)
            waiting.extend(reversed(tensors))
        else:
            yield item


def understood(call: Apply | Index) -> tuple[Call, tuple[Expression, ...]]:
    """What a call applies, and the tensors that it is applied to, in the op's order.

    Raises LanguageError for an unknown function and for arguments that do not fit: too many, one
    missing, one given twice, a name that the function does not have, a value of the wrong kind.
    """
    if isinstance(call, Index):
        return Call(OPS["index"], 1, {"entries": call.entries}, call.span), (call.base,)
    op = applied(call)
    if op.variadic:
        first = call.arguments[0] if call.arguments else None
        tensors, rest = (
            (first.items, call.arguments[1:]) if isinstance(first, Array) else (call.arguments, ())
        )
        given = _given(op, tuple(op.options), rest, call)
    elif not call.keywords and not op.options and len(call.arguments) == len(op.arguments):
        # nothing has a name and nothing a default
        return Call(op, len(call.arguments), op.options, call.span), call.arguments
    else:
        given = _given(op, (*op.arguments, *op.options), _sizes_together(op, call), call)
        tensors = tuple([_tensor(op, name, given[name], call) for name in op.arguments])
    if not tensors:
        raise _wrong_number(op, call)
    options = {
        name: read_option(op, name, given[name], call) if name in given else default
        for name, default in op.options.items()
    }
    return Call(op, len(tensors), options, call.span), tensors


def _sizes_together(op: Op, call: Apply) -> tuple[Expression, ...]:
    """`reshape(x, 2, 3)` is `reshape(x, (2, 3))`."""
    first, sizes = call.arguments[:1], call.arguments[1:]
    if op.name != "reshape" or len(sizes) < 2 or any(isinstance(size, Array) for size in sizes):
        return call.arguments
    return (*first, Array(sizes, (sizes[0].span[0], sizes[-1].span[1])))


def _given(
    op: Op, parameters: tuple[str, ...], by_place: tuple[Expression, ...], call: Apply
) -> dict[str, Value]:
    """The value given for each parameter, by its place or by its name; each without a default has one."""
    if len(by_place) > len(parameters) or not (by_place or call.keywords or op.variadic):
        raise _wrong_number(op, call)
    given: dict[str, Value] = dict(zip(parameters, by_place, strict=False))  # the rest may have names
    for keyword in call.keywords:
        if keyword.name in given:
            raise LanguageError(
                "given_twice",
                f"`{keyword.name}` is given twice, by its place and by its name",
                span=keyword.span,
                hint="leave one of them out",
                parameters={"name": keyword.name},
            )
        if keyword.name not in parameters:
            raise LanguageError(
                "unknown_keyword",
                f"`{op.name}` has no argument {quoted(keyword.name)}",
                span=keyword.span,
                hint=f"its arguments: {', '.join(f'`{name}`' for name in parameters)}",
                parameters={"function": op.name, "keyword": keyword.name},
            )
        given[keyword.name] = keyword.value
    missing = [name for name in parameters if name not in given and op.options.get(name, ...) is ...]
    if missing:
        raise LanguageError(
            "missing_argument",
            f"`{op.name}` needs {' and '.join(f'`{name}`' for name in missing)}",
            span=call.span,
            hint=f"write `{op.signature}`",
            parameters={"function": op.name, "keyword": missing[0], "missing": missing},
        )
    return given


def _tensor(op: Op, name: str, value: Value, call: Apply) -> Expression:
    """A tensor is a value of the program, and none of the words True, False and None."""
    if value is None or isinstance(value, bool):
        raise LanguageError(
            "not_a_value",
            f"`{name}` of `{op.name}` takes a value, not {value}",
            span=call.span,
            hint=f"write `{op.signature}`",
            parameters={"function": op.name, "keyword": name},
        )
    return value


def _wrong_number(op: Op, call: Apply) -> LanguageError:
    tensors = 1 if op.variadic else len(op.arguments)
    least = tensors + sum(default is ... for default in op.options.values())
    most = tensors + len(op.options)
    takes = f"{least} to {most} arguments" if most > least else f"{least} argument{'s' * (least > 1)}"
    return LanguageError(
        "wrong_number_of_arguments",
        f"`{op.name}` takes {takes}, not {len(call.arguments)}",
        span=call.span,
        hint=f"write `{op.signature}`",
        parameters={"function": op.name, "expected": least, "given": len(call.arguments)},
    )
