"""The parser's error messages: every way an expression can fail to parse, told in words."""

from engine.errors import LanguageError, Span, quoted
from engine.language.tokens import Token

CLOSES = {"(": ")", "[": "]"}


def unfinished(before: Token) -> LanguageError:
    """The program ends where an operand is due."""
    return LanguageError(
        "unfinished",
        f"the expression ends too soon: something is missing after {quoted(before.text)}",
        span=before.span,
        hint="put a number, a name or a bracket there",
        parameters={"token": before.text},
    )


def never_closed(opener: Token) -> LanguageError:
    """The program ends inside a bracket."""
    return LanguageError(
        "never_closed",
        f"`{opener.text}` is never closed",
        span=opener.span,
        hint=f"add `{CLOSES[opener.text]}`",
        parameters={"bracket": opener.text},
    )


def closes_nothing(token: Token) -> LanguageError:
    """A closing bracket without an opening one."""
    return LanguageError(
        "closes_nothing",
        f"`{token.text}` closes nothing",
        span=token.span,
        hint="remove it, or open a bracket before it",
        parameters={"bracket": token.text},
    )


def missing_operand(token: Token, before: Token, opener: Token | None) -> LanguageError:
    """An operand was due after `before`, inside the bracket `opener`, but `token` stands there."""
    if token.kind in ("break", "end"):
        return never_closed(opener) if opener is not None and opener is before else unfinished(before)
    if token.text in (")", "]"):
        if opener is None:
            return closes_nothing(token)
        if opener is before and token.text == CLOSES[before.text]:
            return LanguageError(
                "empty_brackets",
                "nothing stands between the brackets",
                span=(before.span[0], token.span[1]),
                hint="put a number, a name or an expression there",
            )
        return unfinished(before)
    return LanguageError(
        "missing_operand",
        f"something is missing before {quoted(token.text)}",
        span=token.span,
        hint="put a number, a name or a bracket there",
        parameters={"token": token.text},
    )


def not_closed(token: Token, opener: Token) -> LanguageError:
    """An item of the bracket `opener` is complete, but neither a comma nor a bracket follows."""
    if token.kind in ("break", "end"):
        return never_closed(opener)
    if token.text in (")", "]"):
        return LanguageError(
            "mismatched_bracket",
            f"`{opener.text}` is closed by `{token.text}`",
            span=token.span,
            hint=f"write `{CLOSES[opener.text]}`",
            parameters={"bracket": opener.text},
        )
    return unexpected(token)


def unexpected(token: Token) -> LanguageError:
    """`token` can neither continue nor end the expression."""
    if token.text in (")", "]"):
        return closes_nothing(token)
    if token.text == "=":
        return LanguageError(
            "bad_assignment",
            "only a single name can stand left of `=`",
            span=token.span,
            hint="write `name = expression`, each on its own line",
        )
    if token.kind in ("name", "number") or token.text == "(":
        return LanguageError(
            "missing_operator",
            f"an operator is missing before {quoted(token.text)}",
            span=token.span,
            hint="write `where(condition, a, b)`" if token.text == "if" else "to multiply, write `*`",
            parameters={"token": token.text},
        )
    return LanguageError(
        "unexpected_token",
        f"unexpected {quoted(token.text)}",
        span=token.span,
        hint="remove it, or start a new line before it",
        parameters={"token": token.text},
    )


def given_twice(name: Token) -> LanguageError:
    """`sum(x, axis=0, axis=1)`."""
    return LanguageError(
        "given_twice",
        f"{quoted(name.text)} is given twice",
        span=name.span,
        hint="leave one of them out",
        parameters={"name": name.text},
    )


def not_one_list(function: str, span: Span) -> LanguageError:
    """`array([1, 2], 3)`, or with keywords that would change its elements."""
    return LanguageError(
        "not_one_list",
        f"`{function}` takes one list and nothing that changes it",
        span=span,
        hint=f"as in `{function}([1, 2])`",
        parameters={"function": function},
    )


def not_an_integer(token: Token) -> LanguageError:
    """An index or an axis is due, but `token` stands there."""
    missing = token.kind in ("break", "end")
    return LanguageError(
        "not_an_integer",
        "an integer is missing" if missing else f"an integer should stand here, not {quoted(token.text)}",
        span=token.span,
        hint="indices and axes are whole numbers written out",
        parameters={"token": token.text},
    )


def chained_comparison(token: Token) -> LanguageError:
    """`a < b < c`: Python would read it as two comparisons, this language has none of that."""
    return LanguageError(
        "chained_comparison",
        f"a second comparison `{token.text}` follows the first",
        span=token.span,
        hint="compare two values at a time, and multiply conditions: `(a < b) * (b < c)`",
        parameters={"token": token.text},
    )
