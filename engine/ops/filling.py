"""Putting a gate's own names into the texts of the op table."""

import re
from collections.abc import Mapping

NAME = re.compile(r"(?<![\w.])[^\W\d]\w*\b(?!\s*=(?!=))")
"""A whole word, but not an attribute (`.x`) and not the name of a keyword argument (`axis=`)."""


def filled(text: str, names: Mapping[str, str]) -> str:
    """The text with each name replaced."""
    return NAME.sub(lambda match: names.get(match[0], match[0]), text)


def mentioned(text: str) -> set[str]:
    """The names in the text."""
    return set(NAME.findall(text))


def mentions(text: str, name: str) -> bool:
    """Whether the name occurs in the text."""
    return name in mentioned(text)
