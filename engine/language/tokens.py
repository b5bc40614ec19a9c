"""The lexer: source text to tokens, each with its span."""

import re
from dataclasses import dataclass
from enum import Enum

from engine.errors import LanguageError, Span, quoted


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    SYMBOL = "symbol"
    BREAK = "end of statement"
    END = "end of program"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source: its kind, its text in canonical spelling, its span."""

    kind: Kind
    text: str
    span: Span


POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Raised digits: letters to Python, a power to whoever writes them."""

_PIECES = re.compile(
    r"""
      (?P<space>[^\S\n]+ | \#[^\n]*)
    | (?P<break>\n | ;)
    | (?P<number>(?:DIGITS\.?(?:DIGITS)?|\.DIGITS)(?:[eE][+-]?DIGITS)?)
    | (?P<name>[^\W\dPOWERS][^\WPOWERS]*)
    | (?P<symbol>\*\*|==|!=|<=|>=|[-+*/@^()\[\],=.:<>×·÷−])
    """.replace("DIGITS", "[0-9]+(?:_[0-9]+)*").replace("POWERS", POWERS),
    re.VERBOSE,
)

CANONICAL = {"×": "*", "·": "*", "÷": "/", "−": "-", "^": "**", "π": "pi"}
"""Spellings taken over from paper and other languages."""


def tokenize(source: str) -> list[Token]:
    """Cut the source into tokens; newlines inside brackets join lines, as in Python.

    Raises LanguageError `unexpected_character` at the first character the language does not know.
    """
    tokens: list[Token] = []
    depth = 0
    position = 0
    while position < len(source):
        piece = _PIECES.match(source, position)
        if piece is None:
            raise _unexpected(source, position)
        span = (position, piece.end())
        position = piece.end()
        kind = piece.lastgroup
        if kind == "space":
            continue
        text = CANONICAL.get(piece.group(), piece.group())
        if kind == "break":
            if depth == 0 or text == ";":
                tokens.append(Token(Kind.BREAK, text, span))
            continue
        if kind == "symbol":
            depth += (text in "([") - (text in ")]" and depth > 0)
        tokens.append(Token(Kind(kind), text, span))
    tokens.append(Token(Kind.END, "", (len(source), len(source))))
    return tokens


def _unexpected(source: str, position: int) -> LanguageError:
    character = source[position]
    hints = {
        "{": "use `(` or `[`",
        "}": "use `)` or `]`",
        "'": "there is no text in this language, only numbers",
        '"': "there is no text in this language, only numbers",
        "%": "there is no remainder; divide with `/`",
        "!": "write `!=` to compare",
        "&": "multiply two conditions with `*`",
        "\\": "break a line inside brackets",
    }
    hints |= dict.fromkeys(POWERS, "write a power with `**`, as in `x**2`")
    return LanguageError(
        "unexpected_character",
        f"unexpected character {quoted(character)}",
        span=(position, position + 1),
        hint=hints.get(character, "remove it"),
        parameters={"character": character},
    )
