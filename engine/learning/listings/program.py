"""A listing as the lines that run: statements before its loop, and those that the loop repeats.

The text is parsed once to find the numbers that a reader may change, and compiled once they stand in
it: what runs is the text that is shown. All of it is our own but for those numbers.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from types import CodeType


@dataclass(frozen=True, slots=True)
class Statement:
    """One line that runs: its number from 1, and the names it assigns."""

    line: int
    names: tuple[str, ...]
    code: CodeType


@dataclass(frozen=True, slots=True)
class Loop:
    """`for counter in range(times)`, on its line, and what it repeats."""

    line: int
    counter: str
    times: str
    body: tuple[Statement, ...]

    @property
    def length(self) -> int:
        """Lines that one time around runs, the loop's own among them."""
        return 1 + len(self.body)


@dataclass(frozen=True, slots=True)
class Program:
    """A listing's text, taken apart. A loop, where there is one, comes last."""

    text: str
    before: tuple[Statement, ...]
    loop: Loop | None

    def line_of(self, name: str) -> str:
        """The text of the line that assigns a name first."""
        body = () if self.loop is None else self.loop.body
        line = next(one.line for one in (*self.before, *body) if name in one.names)
        return self.text.splitlines()[line - 1].strip()


def numbers_of(text: str) -> dict[str, int | float]:
    """The names that a text assigns a number, and the number."""
    found = _numbers(text)
    return {name: value for name, value, _ in found}


def with_numbers(text: str, values: Mapping[str, int | float]) -> str:
    """The same text with other numbers in their places."""
    lines = text.splitlines()
    # from the right, so that places on the same line stay where they are
    for name, _, (line, start, end) in reversed(_numbers(text)):
        if name in values:
            row = lines[line - 1]
            lines[line - 1] = row[:start] + _written(values[name]) + row[end:]
    return "\n".join(lines) + "\n"


def _written(value: float) -> str:
    """A number as Python writes it, 0.0001 as 1e-4: what a reader would type."""
    if isinstance(value, float) and 0 < abs(value) < 0.01:
        mantissa, _, exponent = f"{value:e}".partition("e")
        short = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
        return short if float(short) == value else repr(value)
    return repr(value)


def _numbers(text: str) -> list[tuple[str, int | float, tuple[int, int, int]]]:
    """Each name with its number and where that stands: line, first column, column after it."""
    found: list[tuple[str, int | float, tuple[int, int, int]]] = []
    for node in ast.parse(text).body:
        if not isinstance(node, ast.Assign):
            continue
        for target, value in zip(_parts(node.targets[0]), _parts(node.value), strict=False):
            number = value.value if isinstance(value, ast.Constant) else None
            if isinstance(target, ast.Name) and isinstance(number, int | float) and value.end_col_offset:
                found.append((target.id, number, (value.lineno, value.col_offset, value.end_col_offset)))
    return found


def _parts(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def parse(text: str) -> Program:
    """Take a listing apart; raises ValueError for one that is not statements of a line and a last loop."""
    *nodes, last = ast.parse(text).body
    before = tuple(map(_statement, nodes))
    if not isinstance(last, ast.For):
        return Program(text, (*before, _statement(last)), None)
    match last:
        case ast.For(
            target=ast.Name(counter),
            iter=ast.Call(func=ast.Name("range"), args=[ast.Name(times)]),
            orelse=[],
        ):
            body = tuple(map(_statement, last.body))
            return Program(text, before, Loop(last.lineno, counter, times, body))
        case _:
            raise ValueError(f"line {last.lineno} is not `for name in range(name)`")


def _statement(node: ast.stmt) -> Statement:
    match node:
        case ast.Import(names=[ast.alias(asname=str())]):
            names: tuple[str, ...] = ()
        case ast.Assign(targets=[target]):
            names = tuple([part.id for part in _parts(target) if isinstance(part, ast.Name)])
        case ast.AugAssign(target=ast.Name(name)):
            names = (name,)
        case _:
            raise ValueError(f"line {node.lineno} is no assignment")
    if node.end_lineno != node.lineno:
        raise ValueError(f"line {node.lineno} goes on below")
    code = compile(ast.Module([node], []), f"<line {node.lineno}>", "exec")
    return Statement(node.lineno, names, code)
