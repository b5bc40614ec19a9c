"""Programs that apply one op, for tests that go through the whole table."""

from typing import Any

from engine.ops import OPS


def program_for(
    name: str, count: int, options: dict[str, Any] | None = None, arguments: list[str] | None = None
) -> str:
    """A program that applies the op to the arguments, else to the inputs p0, p1, ..."""
    op = OPS[name]
    arguments = arguments or [f"p{position}" for position in range(count)]
    if name == "index":
        entries = (options or {})["entries"]
        return f"{arguments[0]}[{', '.join(_entry(entry) for entry in entries)}]"
    if op.operator is not None:
        return f" {op.operator} ".join(arguments) if count > 1 else f"{op.operator}{arguments[0]}"
    given = [f"[{', '.join(arguments)}]"] if op.variadic else arguments
    given += [f"{key}={_option(value)}" for key, value in (options or {}).items()]
    return f"{name}({', '.join(given)})"


def _entry(entry: int | list[int | None]) -> str:
    if isinstance(entry, int):
        return str(entry)
    start, stop, step = ("" if bound is None else str(bound) for bound in entry)
    return f"{start}:{stop}" + (f":{step}" if step else "")


def _option(value: Any) -> str:
    return f"({', '.join(map(str, value))},)" if isinstance(value, list) else str(value)
