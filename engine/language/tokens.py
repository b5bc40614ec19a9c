"""The lexer: source text to tokens, each with its span."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from engine.errors import LanguageError, Span, quoted

Kind = Literal["number", "name", "symbol", "break", "end"]
"""What a token is; a break ends a statement, the end the program."""


class Token(NamedTuple):
    """A piece of the source: its kind, its text in canonical spelling, its span."""

    kind: Kind
    text: str
    span: Span


POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Raised digits: letters to Python, a power to whoever writes them."""

_PIECES = re.compile(
    r"""
    [^\S\n]* (?:\#[^\n]*)?
    (?: (?P<name>[^\W\dPOWERS][^\WPOWERS]*)
      | (?P<number>(?:DIGITS\.?(?:DIGITS)?|\.DIGITS)(?:[eE][+-]?DIGITS)?)
      | (?P<symbol>\*\*|==|!=|<=|>=|[-+*/@^()\[\],=.:<>×·÷−])
      | (?P<break>\n | ;)
      | (?P<end>\Z)
      | (?P<unknown>.)
    )
    """.replace("DIGITS", "[0-9]+(?:_[0-9]+)*").replace("POWERS", POWERS),
    re.VERBOSE,
)

CANONICAL = {"×": "*", "·": "*", "÷": "/", "−": "-", "^": "**", "π": "pi"}
"""Spellings taken over from paper and other languages."""


def tokenize(source: str) -> Iterator[list[Token]]:
    """Cut the source into the tokens of its statements, each with the break or the end that it ends with.

    Newlines inside brackets join lines, as in Python. Raises LanguageError `unexpected_character` at the
    first character the language does not know.
    """
    tokens: list[Token] = []
    depth = 0
    for piece in _PIECES.finditer(source):
        kind = cast('Kind | Literal["unknown"]', piece.lastgroup)
        text = piece[kind]
        if kind == "symbol":
            if text in "([":
                depth += 1
            elif text in ")]" and depth > 0:
                depth -= 1
        elif kind == "break" and depth > 0 and text == "\n":
            continue
        elif kind == "unknown":
            raise _unexpected(text, piece.span(kind))
        tokens.append(Token(kind, CANONICAL.get(text, text), piece.span(kind)))
        if kind in ("break", "end"):
            yield tokens
            tokens = []
        if kind == "end":
            return


def _unexpected(character: str, span: Span) -> LanguageError:
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
        span=span,
        hint=hints.get(character, "remove it"),
        parameters={"character": character},
    )
