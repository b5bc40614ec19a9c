"""Small questions every specification asks of its numbers, with one wording for the answers."""

from collections.abc import Iterable
from math import inf
from sys import float_info

from engine.errors import InputError


def one_of(what: str, value: object, allowed: Iterable[str]) -> None:
    """Raise InputError unless `value` is one of the names allowed."""
    names = list(allowed)
    if value not in names:
        raise InputError(
            "unknown_name",
            f"there is no {what} named {shown(value)}",
            hint=f"choose one of {', '.join(names)}",
            parameters={"what": what, "value": shown(value), "allowed": names},
        )


def whole(what: str, value: object, lowest: int, highest: int | None = None) -> None:
    """Raise InputError unless `value` is a whole number from `lowest` to `highest`."""
    largest = inf if highest is None else highest
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= largest:
        _refuse(what, value, "a whole number", lowest, highest)


def number(what: str, value: object, lowest: float, highest: float | None = None) -> None:
    """Raise InputError unless `value` is a finite number from `lowest` to `highest`."""
    largest = float_info.max if highest is None else highest
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not lowest <= value <= largest:
        _refuse(what, value, "a finite number", lowest, highest)


def flag(what: str, value: object) -> None:
    """Raise InputError unless `value` is True or False."""
    if not isinstance(value, bool):
        raise InputError(
            "not_a_flag",
            f"{what} is {shown(value)}; it must be true or false",
            hint=f"set {what} to true or false",
            parameters={"what": what, "value": shown(value)},
        )


def _refuse(what: str, value: object, kind: str, lowest: float, highest: float | None) -> None:
    wanted = f"{kind} of at least {lowest:,}" if highest is None else f"{kind} from {lowest:,} to {highest:,}"
    raise InputError(
        "out_of_range",
        f"{what} is {shown(value)}; it must be {wanted}",
        hint=f"set {what} to {wanted}",
        parameters={"what": what, "value": shown(value), "lowest": lowest, "highest": highest},
    )


def shown(value: object) -> str:
    """A value as an error quotes it: its first 40 characters."""
    if isinstance(value, int) and value.bit_length() > 128:
        return "an enormous number"
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
