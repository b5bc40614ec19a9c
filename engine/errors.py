"""The one error tree: what went wrong, where in the program, and what to do about it."""

from collections.abc import Mapping

Span = tuple[int, int]
"""Half-open range [start, end) of code points in the source."""

LONGEST_QUOTE = 40


def quoted(text: object) -> str:
    """Something a user wrote, in backquotes: cut short, and with no character that breaks or hides a line."""
    whole = str(text)
    short = whole if len(whole) <= LONGEST_QUOTE else f"{whole[:LONGEST_QUOTE]}..."
    return f"`{''.join(c if c.isprintable() else f'U+{ord(c):04X}' for c in short)}`"


class EngineError(Exception):
    """A mistake in what was asked of the engine, told in one line.

    `code` names the kind of mistake and `parameters` its particulars, so that the words can be
    translated; `span` is where it stands in the source; `hint` says what to do. A broken limit
    names itself in `limit` beside the `actual` and the `allowed` amount.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        span: Span | None = None,
        hint: str | None = None,
        limit: str | None = None,
        actual: float | None = None,
        allowed: float | None = None,
        parameters: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.span = span
        self.hint = hint
        self.limit = limit
        self.actual = actual
        self.allowed = allowed
        self.parameters: dict[str, object] = dict(parameters or {})

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, keyword arguments included."""
        return (_rebuild, (type(self), self.__dict__.copy()))


def _rebuild(kind: type[EngineError], fields: dict[str, object]) -> EngineError:
    error = kind.__new__(kind)
    Exception.__init__(error, fields["detail"])
    error.__dict__.update(fields)
    return error


class LanguageError(EngineError):
    """The program does not parse, or names something that does not exist."""


class ShapeError(EngineError):
    """The shapes of a gate's arguments do not fit each other."""


class InputError(EngineError):
    """A value handed in beside the program is missing, malformed or of the wrong shape."""


class LimitError(EngineError):
    """More was asked than a limit allows; nothing was computed."""

    def __init__(
        self, limit: str, actual: float, allowed: float, *, span: Span | None = None, what: str | None = None
    ) -> None:
        what = what or limit.replace("_", " ")
        super().__init__(
            "limit",
            f"{what}: {actual:,} is more than the {allowed:,} allowed",
            span=span,
            hint="make it smaller",
            limit=limit,
            actual=actual,
            allowed=allowed,
        )


class TrainingError(EngineError):
    """A training run cannot start or cannot go on."""
