"""The names of functions: which op a call means, which are taken, what an unknown one may mean."""

from collections.abc import Iterable
from difflib import get_close_matches

from engine.errors import LONGEST_QUOTE, LanguageError, quoted
from engine.graph.initializers import INITIALIZERS
from engine.graph.literals import is_literal
from engine.language.grammar import CONSTANTS, WORDS
from engine.language.syntax import Apply
from engine.ops import OPS, Op

ALIASES = {"dot": "matmul", "amax": "max", "amin": "min"}
"""Other names of an op."""

TWO_ARGUMENT_NAMES = {"max": "maximum", "min": "minimum"}
"""`max(a, b)` with two arguments means the elementwise `maximum`, `x.max(0)` and `np.max(x, 0)` an axis."""

RESERVED = (
    frozenset(name for name, op in OPS.items() if op.reserved)
    | frozenset(INITIALIZERS)
    | frozenset(ALIASES)
    | frozenset(CONSTANTS)
    | frozenset(WORDS)
)
"""Names that a program cannot give to a value."""

FUNCTIONS = sorted(RESERVED - frozenset(CONSTANTS) - frozenset(WORDS))
"""What can be meant by a call."""
SYNONYMS = {"ln": "log", "logistic": "sigmoid", "swish": "silu", "average": "mean"}
"""Names that some know a function by."""


def applied(call: Apply) -> Op:
    """The op that a call applies. Raises LanguageError for a function that is none of the table's."""
    name = ALIASES.get(call.function, call.function)
    if name in TWO_ARGUMENT_NAMES and len(call.arguments) == 2:
        along_axis = name != call.function and is_literal(call.arguments[1])
        name = name if along_axis else TWO_ARGUMENT_NAMES[name]
    if name not in OPS or name == "index":
        raise _unknown(call)
    return OPS[name]


def _unknown(call: Apply) -> LanguageError:
    name = call.function
    if name in INITIALIZERS:
        return LanguageError(
            "initializer_in_expression",
            f"`{name}` declares a parameter, so it stands alone",
            span=call.span,
            hint=f"give it a line of its own, as in `W = {name}(2, 16)`",
            parameters={"function": name},
        )
    meant = SYNONYMS.get(name.lower()) or closest(name.lower(), FUNCTIONS)
    return LanguageError(
        "unknown_function",
        f"unknown function {quoted(name)}",
        span=call.function_span,
        hint=f"did you mean `{meant}`?" if meant else "the list of functions is in the help",
        parameters={"function": name, "suggestion": meant},
    )


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like this one, if any does."""
    # comparing is slow for what nobody would call a name
    return next(iter(get_close_matches(name, known, n=1)), None) if len(name) <= LONGEST_QUOTE else None
