"""The parser: precedence as in Python, spans, conveniences, and mistakes told where they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import EngineError, build, limits
from engine.errors import LanguageError, LimitError
from engine.language.parser import parse
from engine.language.syntax import Apply, Array, Expression, Index, Name, Number, Value


def written(expression: Expression) -> str:
    """The tree, every application spelled out."""
    match expression:
        case Number():
            return f"{expression.value:g}"
        case Name():
            return expression.text
        case Array():
            return f"[{','.join(map(written, expression.items))}]"
        case Index():
            return f"{written(expression.base)}{list(expression.entries)}"
        case Apply():
            keywords = [f"{keyword.name}={_word_or_tree(keyword.value)}" for keyword in expression.keywords]
            return f"{expression.function}({','.join([*map(written, expression.arguments), *keywords])})"


def _word_or_tree(value: Value) -> str:
    return str(value) if value is None or isinstance(value, bool) else written(value)


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("(x + y) * z", "multiply(add(x,y),z)"),
        ("-x**2", "negative(power(x,2))"),
        ("2**3**2", "power(2,power(3,2))"),
        ("2**-x*3", "multiply(power(2,negative(x)),3)"),
        ("a - b - c", "subtract(subtract(a,b),c)"),
        ("a / b * c", "multiply(divide(a,b),c)"),
        ("-a * b", "multiply(negative(a),b)"),
        ("x @ W + b", "add(matmul(x,W),b)"),
        ("x^2", "power(x,2)"),
        ("x·y − z ÷ π", "subtract(multiply(x,y),divide(z,3.14159))"),
        ("2 × θ₀", "multiply(2,θ₀)"),
        ("+x", "x"),
        ("np.exp(math.pi)", "exp(3.14159)"),
        ("np.array([1, 2])", "[1,2]"),
        ("x.dot(w).sum(axis=(0, 1), keepdims=True)", "sum(dot(x,w),axis=[0,1],keepdims=True)"),
        ("x.T @ x", "matmul(transpose(x),x)"),
        ("x[1:3, -1]", "x[slice(1, 3, None), -1]"),
        ("where(x > 0, x, 0)", "where(greater(x,0),x,0)"),
        ("relu(\n  x,\n)", "relu(x)"),
        ("a + 1 < b * 2", "less(add(a,1),multiply(b,2))"),
        ("(a < b) * (b < c)", "multiply(less(a,b),less(b,c))"),
        ("import numpy as np\nnp.exp(x)", "exp(x)"),
        ("x # a comment * y", "x"),
        ("1_000 + .5 + 2e-3 + 1. + 1_0.2_5e1_0", "add(add(add(add(1000,0.5),0.002),1),1.025e+11)"),
        ("np.linalg.norm(x, axis=1)", "norm(x,axis=1)"),
        ("torch.nn.functional.relu(x)", "relu(x)"),
        ("max(x, 0) + x.max(0)", "add(max(x,0),amax(x,0))"),
        ("leaky_relu(x, slope=1_0)", "leaky_relu(x,slope=10)"),
        ("clip(x, low=-y, high=(a + b)[0])", "clip(x,low=negative(y),high=add(a,b)[0])"),
        ("where(condition=a < b, a=c(d=1), b=None)", "where(condition=less(a,b),a=c(d=1),b=None)"),
        ("torch.tensor([1, 2], dtype=torch.float64, requires_grad=True)", "[1,2]"),
    ],
)
def test_tree(source: str, tree: str) -> None:
    assert written(tuple(parse(source))[-1].expression) == tree


def test_statements_on_lines_and_after_semicolons() -> None:
    statements = tuple(parse("a = 1; b = 2\n\n# note\nf = a * b"))
    assert [statement.name for statement in statements] == ["a", "b", "f"]


def test_spans_cover_what_was_written() -> None:
    source = "θ = 2\nf = (θ + 1) * exp(θ)"
    expression = tuple(parse(source))[1].expression
    assert isinstance(expression, Apply)
    assert source[slice(*expression.span)] == "(θ + 1) * exp(θ)"
    assert source[slice(*expression.function_span)] == "*"
    assert [source[slice(*argument.span)] for argument in expression.arguments] == ["(θ + 1)", "exp(θ)"]


@pytest.mark.parametrize(
    ("source", "code", "marked"),
    [
        ("", "empty_program", None),
        ("# only a comment", "empty_program", None),
        ("x +", "unfinished", "+"),
        ("x +\ny", "unfinished", "+"),
        ("f =", "unfinished", "="),
        ("foo(x,", "unfinished", ","),
        ("(x + y", "never_closed", "("),
        ("foo(x", "never_closed", "("),
        ("x[1", "never_closed", "["),
        ("x + y)", "closes_nothing", ")"),
        ("(x]", "mismatched_bracket", "]"),
        ("()", "empty_brackets", "()"),
        ("x[]", "empty_index", "[]"),
        ("2x", "missing_operator", "x"),
        ("x y", "missing_operator", "y"),
        ("x = y = 2", "bad_assignment", "="),
        ("a + * b", "missing_operand", "*"),
        ("(x, y) = 2", "bad_assignment", "="),
        ("x $ y", "unexpected_character", "$"),
        ("x.shape", "unknown_attribute", "shape"),
        ("f(a=1, b)", "positional_after_keyword", "b"),
        ("f(a=1, 2)", "positional_after_keyword", "2"),
        ("f(a=)", "unfinished", "="),
        ("f(a=1 b=2)", "missing_operator", "b"),
        ("f(a=(1, 2)", "never_closed", "("),
        ("np.array([1, 2], ndmin=3)", "not_one_list", "np.array([1, 2], ndmin=3)"),
        ("array()", "not_one_list", "array()"),
        ("x[1.5]", "not_an_integer", "1.5"),
        ("1e400", "not_finite", "1e400"),
        ("True", "misplaced_word", "True"),
        ("a < b < c", "chained_comparison", "<"),
        ("where(a < b == c, 1, 2)", "chained_comparison", "=="),
        ("'hello'", "unexpected_character", "'"),
        ("θ + x²", "unexpected_character", "²"),
        ("٣ + 1", "unexpected_character", "٣"),
        ("1_.5", "missing_operator", "_"),
        ("1__0", "missing_operator", "__0"),
        ("1_e5", "missing_operator", "_e5"),
        ("x[0 1]", "missing_operator", "1"),
        ("x[0)", "mismatched_bracket", ")"),
        ("x[", "not_an_integer", ""),
        ("x[1;2]", "never_closed", "["),
        ("sum(x, axis=0, axis=1)", "given_twice", "axis"),
        ("sum(x, axis=" + "9" * 400 + ")", "not_finite", "9" * 400),
    ],
)
def test_mistake(source: str, code: str, marked: str | None) -> None:
    with pytest.raises(LanguageError) as caught:
        tuple(parse(source))
    error = caught.value
    assert error.code == code
    assert error.hint
    assert (error.span and source[slice(*error.span)]) == marked


def test_what_is_quoted_stays_on_one_short_line() -> None:
    for source in ("x \x00", "x \u202e", "x \ud800", "a " + "b" * 3000, "f(a=1, x" + "9" * 3000 + ")"):
        with pytest.raises(LanguageError) as caught:
            tuple(parse(source))
        assert caught.value.detail.isprintable()
        assert len(caught.value.detail) < 100


def test_nesting_is_limited_and_never_exhausts_the_stack() -> None:
    deep = "(" * 100 + "x" + ")" * 100
    with pytest.raises(LimitError) as caught:
        tuple(parse(deep))
    assert caught.value.limit == "nesting"
    for source in ("(" * 50_000 + "x" + ")" * 50_000, "-" * 50_000 + "x", "2**" * 50_000 + "x"):
        assert len(tuple(parse(source, limits.UNLIMITED))) == 1
    with pytest.raises(LanguageError, match="never closed"):
        tuple(parse("[" * 50_000, limits.UNLIMITED))


def test_source_length_is_limited() -> None:
    with pytest.raises(LimitError):
        tuple(parse("x" * 5_000))


PIECES = [
    "x",
    "y",
    "W",
    "1",
    "2.5",
    "1e9",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    "+",
    "-",
    "*",
    "/",
    "**",
    "@",
    ".",
    ":",
]
PIECES += [
    "sum",
    "relu",
    "max",
    "reshape",
    "stack",
    "he",
    "where",
    "axis=0",
    "keepdims=True",
    "T",
    "\n",
    ";",
    "<",
    " ",
]
PIECES += [
    *(
        "_",
        "1_0",
        "²",
        "٣",
        "None",
        "shape=",
        "entries=",
        "index",
        "axis=-1",
        "[0]",
        "9" * 400,
        "slope=",
        "low=",
    ),
    "cross_entropy",
    "np.",
    "'",
    "é",
    "𝛼",
    "\ud800",
    "\x00",
    "#",
    "True",
    "None",
    "clip",
    "zeros",
    "1e400",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60))
def test_any_text_ends_in_a_graph_or_an_engine_error(source: str) -> None:
    error = _error_of(source)
    if error is not None:
        assert error.code
        assert error.span is None or 0 <= error.span[0] <= error.span[1] <= len(source)


def _error_of(source: str) -> EngineError | None:
    try:
        build(source, {"x": (), "y": (3,), "W": (3, 2)})
    except EngineError as error:
        return error
    return None
