"""A written program, and for each of its lines the node that the line is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Code:
    r"""The text of a program, and for each line of `text.split("\n")` the key of a node or None.

    Keys are those of the nodes in the graph as it was drawn.
    """

    text: str
    lines: tuple[str | None, ...]


class Line(NamedTuple):
    """Text that is about one node; a text of several lines is about it in all of them."""

    text: str
    key: str | None


Lines = list[str | Line]
"""A program on its way; plain text is about no node."""


def joined(lines: Iterable[str | Line]) -> Code:
    """The lines one under the other."""
    texts: list[str] = []
    keys: list[str | None] = []
    for line in lines:
        text, key = line if isinstance(line, Line) else (line, None)
        parts = text.split("\n")
        texts += parts
        keys += [key] * len(parts)
    return Code("\n".join(texts), tuple(keys))


def indented(lines: Iterable[str | Line], by: str) -> Lines:
    """The lines further to the right. What continues a text of several lines stays where it is."""
    return [Line(by + line.text, line.key) if isinstance(line, Line) else by + line for line in lines]
