"""The parser: tokens to statements, by binding power (Pratt 1973).

A Pratt parser calls itself for every operand. Here the calls are frames on a list, so that no
program, however nested, can exhaust Python's stack: an open bracket or an operator that still
waits for its right side is a frame, and `_reduce` is the return from the call.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite

from engine import limits as limit_table
from engine.errors import LanguageError, Span, quoted
from engine.language import mistakes
from engine.language.grammar import (
    ALONG_AXIS,
    COMPARISON_POWER,
    CONSTANTS,
    INFIX,
    LITERAL_WRAPPERS,
    MODULES,
    PREFIX_POWER,
    SUBMODULES,
    WITHOUT_MEANING,
    WORDS,
)
from engine.language.mistakes import CLOSES
from engine.language.syntax import Apply, Array, Expression, Index, Keyword, Name, Number, Statement
from engine.language.tokens import Token, tokenize
from engine.limits import Limits


@dataclass(slots=True)
class _Operator:
    """An operator with its left side, waiting for its right side."""

    token: Token
    function: str
    right_power: int
    left: Expression | None


@dataclass(slots=True)
class _Bracket:
    """An open bracket: a group, a list, or the arguments of a call."""

    kind: str
    opener: Token
    start: int
    function: str = ""
    function_span: Span = (0, 0)
    items: list[Expression] = field(default_factory=list[Expression])
    keywords: list[Keyword] = field(default_factory=list[Keyword])
    keyword: Token | None = None
    """The name in front of the argument that is being read, as in `axis=0`."""


Frame = _Operator | _Bracket


def parse(source: str, limits: Limits = limit_table.DEFAULT) -> Iterator[Statement]:
    """Parse a program, statement by statement.

    Raises LanguageError with the span of the offender, LimitError when brackets nest too deep.
    """
    limits.check("source_characters", len(source))
    empty = True
    for tokens in tokenize(source):
        # NumPy and its like are at hand without being imported
        if len(tokens) > 1 and not (tokens[0].text in ("import", "from") and tokens[1].kind == "name"):
            empty = False
            yield _Parser(tokens, limits).statement()
    if empty:
        raise LanguageError(
            "empty_program", "the program is empty", hint="type an expression, such as `(x + y) * z`"
        )


class _Parser:
    """Parses the tokens of one statement, of which the last is a break or the end."""

    def __init__(self, tokens: list[Token], limits: Limits) -> None:
        self.tokens = tokens
        self.limits = limits
        self.position = 0

    # -- tokens ------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token:
        return self.tokens[self.position + ahead]

    def take(self) -> Token:
        token = self.tokens[self.position]
        self.position += 1
        return token

    # -- the statement -----------------------------------------------------------------------

    def statement(self) -> Statement:
        name: Token | None = None
        if self.peek().kind == "name" and self.peek(1).text == "=":
            name = self.take()
            equals = self.take()
            if self.peek().kind in ("break", "end"):
                raise mistakes.unfinished(equals)
        expression = self._expression()
        if self.peek().kind not in ("break", "end"):
            raise mistakes.unexpected(self.peek())
        return Statement(name and name.text, name and name.span, expression)

    # -- expressions -------------------------------------------------------------------------

    def _expression(self) -> Expression:
        """Alternate between a place where an operand must stand and one where an operator may."""
        frames: list[Frame] = []
        while True:
            if len(frames) > self.limits.nesting:
                self.limits.check("nesting", len(frames), self.peek().span)
            operand = self._operand(frames)
            if operand is not None:
                operand = self._follow(frames, operand)
            if operand is not None:
                return operand

    def _operand(self, frames: list[Frame]) -> Expression | None:
        """Read one operand, or open a frame that an operand must follow (then None)."""
        token = self.take()
        if token.kind == "number":
            return _number(token)
        if token.kind == "name":
            return self._name_or_call(frames, token)
        if token.text == "-":
            frames.append(_Operator(token, "negative", PREFIX_POWER, None))
            return None
        if token.text == "+":
            return None
        if token.text in CLOSES:
            kind = "group" if token.text == "(" else "list"
            frames.append(_Bracket(kind, token, token.span[0]))
            return None
        bracket = next((frame for frame in reversed(frames) if isinstance(frame, _Bracket)), None)
        before = self.tokens[self.position - 2] if self.position >= 2 else token
        raise mistakes.missing_operand(token, before, bracket and bracket.opener)

    def _name_or_call(self, frames: list[Frame], token: Token) -> Expression | None:
        if token.text in MODULES:
            token = self._after_prefix(token)
        if self.peek().text == "(":
            frames.append(_Bracket("call", self.take(), token.span[0], token.text, token.span))
            return self._next_argument(frames)
        if token.text in CONSTANTS:
            return Number(CONSTANTS[token.text], token.span)
        if token.text in WORDS:
            raise LanguageError(
                "misplaced_word",
                f"`{token.text}` can only be the value of a keyword argument",
                span=token.span,
                hint="as in `sum(x, axis=0, keepdims=True)`",
                parameters={"word": token.text},
            )
        return Name(token.text, token.span)

    def _after_prefix(self, module: Token) -> Token:
        """The name behind `np.`, `np.linalg.` or the like; the module's own name where no dot follows."""
        token, known = module, MODULES
        while token.text in known and self.peek().text == "." and self.peek(1).kind == "name":
            self.take()
            name = self.take()
            text = ALONG_AXIS.get(name.text, name.text) if module.text in ("np", "numpy") else name.text
            token, known = Token("name", text, (module.span[0], name.span[1])), SUBMODULES
        return token

    def _follow(self, frames: list[Frame], operand: Expression) -> Expression | None:
        """Let attributes, operators and closing brackets follow an operand.

        Returns None when another operand is due, the whole expression when it is complete.
        """
        while True:
            token = self.peek()
            following: Expression | None
            if token.text in INFIX:
                function, left_power, right_power = INFIX[token.text]
                left = self._reduce(frames, operand, left_power)
                if left_power == COMPARISON_POWER and frames and _is_comparison(frames[-1]):
                    raise mistakes.chained_comparison(token)
                frames.append(_Operator(self.take(), function, right_power, left))
                return None
            if token.text == "." and self.peek(1).kind == "name":
                following = self._attribute(frames, operand)
            elif token.text == "[":
                following = Index(operand, self._index_entries(), (operand.span[0], self._last_end()))
            else:
                operand = self._reduce(frames, operand, 0)
                if not frames:
                    return operand
                following = self._end_of_item(frames, operand)
            if following is None:
                return None
            operand = following

    def _reduce(self, frames: list[Frame], operand: Expression, power: int) -> Expression:
        """Give `operand` to every waiting operator that binds more tightly than `power`."""
        while frames and isinstance(frame := frames[-1], _Operator) and frame.right_power > power:
            frames.pop()
            arguments = (operand,) if frame.left is None else (frame.left, operand)
            start = frame.token.span[0] if frame.left is None else frame.left.span[0]
            operand = Apply(frame.function, arguments, (), (start, operand.span[1]), frame.token.span)
        return operand

    def _attribute(self, frames: list[Frame], operand: Expression) -> Expression | None:
        """`x.T` and methods: `x.dot(w)` is `dot(x, w)`."""
        self.take()
        name = self.take()
        if self.peek().text == "(":
            function = ALONG_AXIS.get(name.text, name.text)
            bracket = _Bracket("call", self.take(), operand.span[0], function, name.span)
            bracket.items.append(operand)
            frames.append(bracket)
            return self._next_argument(frames)
        if name.text == "T":
            return Apply("transpose", (operand,), (), (operand.span[0], name.span[1]), name.span)
        raise LanguageError(
            "unknown_attribute",
            f"unknown attribute {quoted(f'.{name.text}')}",
            span=name.span,
            hint="the only attribute is `.T`; a method needs brackets, as in `x.sum()`",
            parameters={"name": name.text},
        )

    # -- inside brackets ---------------------------------------------------------------------

    def _end_of_item(self, frames: list[Frame], item: Expression) -> Expression | None:
        """An item of the innermost bracket is complete: a comma or the closing bracket must follow."""
        bracket = frames[-1]
        assert isinstance(bracket, _Bracket)
        if bracket.keyword is not None:
            name, start = bracket.keyword.text, bracket.keyword.span[0]
            bracket.keywords.append(Keyword(name, item, (start, item.span[1])))
            bracket.keyword = None
        elif bracket.keywords:
            raise LanguageError(
                "positional_after_keyword",
                "an argument without a name follows one with a name",
                span=item.span,
                hint="put it first",
            )
        else:
            bracket.items.append(item)
        if self.peek().text == ",":
            self.take()
            bracket.kind = "list" if bracket.kind == "group" else bracket.kind
            return self._next_argument(frames)
        if self.peek().text == CLOSES[bracket.opener.text]:
            return self._close(frames)
        raise mistakes.not_closed(self.peek(), bracket.opener)

    def _next_argument(self, frames: list[Frame]) -> Expression | None:
        """After `(` or `,`: read a keyword's name, or a closing bracket. None: an operand is due."""
        bracket = frames[-1]
        assert isinstance(bracket, _Bracket)
        while bracket.kind == "call" and self.peek().kind == "name" and self.peek(1).text == "=":
            name = self.take()
            self.take()
            if any(keyword.name == name.text for keyword in bracket.keywords):
                raise mistakes.given_twice(name)
            if self.peek().text not in WORDS:
                bracket.keyword = name
                return None
            word = self.take()
            bracket.keywords.append(Keyword(name.text, WORDS[word.text], (name.span[0], word.span[1])))
            if self.peek().text == ",":
                self.take()
            elif self.peek().text != ")":
                raise mistakes.not_closed(self.peek(), bracket.opener)
        if self.peek().text == CLOSES[bracket.opener.text]:
            return self._close(frames)
        return None

    def _close(self, frames: list[Frame]) -> Expression:
        """Turn the innermost bracket into the expression it holds."""
        bracket = frames.pop()
        assert isinstance(bracket, _Bracket)
        span = (bracket.start, self.take().span[1])
        items = tuple(bracket.items)
        if bracket.kind == "list":
            return Array(items, span)
        if bracket.kind == "call" and bracket.function in LITERAL_WRAPPERS:
            if len(items) != 1 or any(one.name not in WITHOUT_MEANING for one in bracket.keywords):
                raise mistakes.not_one_list(bracket.function, span)
            return items[0]._replace(span=span)
        if bracket.kind == "group":
            return items[0]._replace(span=span)
        return Apply(bracket.function, items, tuple(bracket.keywords), span, bracket.function_span)

    def _index_entries(self) -> tuple[int | slice, ...]:
        """`[1]`, `[:, 0]`, `[1:3, -1]`: integers and slices of integers."""
        opener = self.take()
        entries: list[int | slice] = []
        while True:
            bounds: list[int | None] = []
            while True:
                bounds.append(None if self.peek().text in (":", ",", "]") else self._integer())
                if self.peek().text != ":" or len(bounds) == 3:
                    break
                self.take()
            if len(bounds) == 1 and bounds[0] is None:
                raise LanguageError(
                    "empty_index",
                    "an index is missing",
                    span=(opener.span[0], self.peek().span[1]),
                    hint="write an integer or a slice, as in `x[0]` or `x[1:3]`",
                )
            entries.append(slice(*bounds) if len(bounds) > 1 else bounds[0] or 0)
            closer = self.take()
            if closer.text == "]":
                return tuple(entries)
            if closer.text != ",":
                raise mistakes.not_closed(closer, opener)

    def _integer(self) -> int:
        token = self.take()
        sign, number = (-1, self.take()) if token.text == "-" else (1, token)
        if number.kind == "number" and number.text.isdecimal() and len(number.text) <= 9:
            return sign * int(number.text)
        raise mistakes.not_an_integer(number)

    def _last_end(self) -> int:
        return self.tokens[self.position - 1].span[1]


def _is_comparison(frame: Frame) -> bool:
    return isinstance(frame, _Operator) and frame.right_power == COMPARISON_POWER


def _number(token: Token) -> Number:
    value = float(token.text)
    if not isfinite(value):
        raise LanguageError(
            "not_finite",
            f"the number {quoted(token.text)} is too large",
            span=token.span,
            hint="the largest number is about 1.8e308",
        )
    return Number(value, token.span)
