"""Putting a gate's own names into the texts of the op table."""

import re
from collections.abc import Mapping


def filled(text: str, names: Mapping[str, str]) -> str:
    """The text with each name replaced.

    A name is a whole word, but not an attribute (`.x`) and not the name of a keyword argument (`axis=`).
    """
    return re.sub(rf"(?<![\w.])({'|'.join(names)})\b(?!\s*=(?!=))", lambda match: names[match.group()], text)


def mentions(text: str, name: str) -> bool:
    """Whether the name occurs in the text."""
    return re.search(rf"(?<![\w.]){name}\b(?!\s*=(?!=))", text) is not None
