"""Arithmetic: + - * / ** and unary minus."""

from engine.ops.op import Elementwise, Op, Operand, Options, When
from engine.ops.shapes import broadcast, per_element, same

CALCULUS = "any calculus text"


def _base_slope(operands: tuple[Operand, ...], options: Options) -> str:
    exponent = operands[1].constant
    if exponent is None or exponent.ndim > 0 or exponent == 0:
        return "power_base_slope(a, b)"
    return "b * a" if exponent == 2 else "b * a ** (b - 1)"


ADD = Op(
    name="add",
    symbol="+",
    arguments=("a", "b"),
    operator="+",
    reserved=False,
    doc="Sum of two values. Both receive the upstream gradient unchanged.",
    source="lecture: patterns in gradient flow, add gate",
    numpy="a + b",
    torch="a + b",
    latex="{a} + {b}",
    derivatives=(Elementwise("1", "1"), Elementwise("1", "1")),
    shape=broadcast,
    cost=per_element(),
    pattern="distributor",
    dangers=(
        When(
            "np.isinf(a) & np.isinf(b) & (np.sign(a) != np.sign(b))", "infinity minus infinity is undefined"
        ),
    ),
)

SUBTRACT = Op(
    name="subtract",
    symbol="−",
    arguments=("a", "b"),
    operator="-",
    reserved=False,
    doc="Difference of two values. The second receives the upstream gradient with its sign turned.",
    source=CALCULUS,
    numpy="a - b",
    torch="a - b",
    latex="{a} - {b}",
    derivatives=(Elementwise("1", "1"), Elementwise("-1", "-1")),
    shape=broadcast,
    cost=per_element(),
    pattern="distributor",
    dangers=(
        When(
            "np.isinf(a) & np.isinf(b) & (np.sign(a) == np.sign(b))", "infinity minus infinity is undefined"
        ),
    ),
)

MULTIPLY = Op(
    name="multiply",
    symbol="×",
    arguments=("a", "b"),
    operator="*",
    reserved=False,
    doc="Product of two values. Each receives the upstream gradient times the other's value.",
    source="lecture: patterns in gradient flow, mul gate",
    numpy="a * b",
    torch="a * b",
    latex=r"{a} \cdot {b}",
    derivatives=(Elementwise("b", "{b}"), Elementwise("a", "{a}")),
    shape=broadcast,
    cost=per_element(),
    pattern="swap",
    dangers=(
        When("((a == 0) & np.isinf(b)) | (np.isinf(a) & (b == 0))", "zero times infinity is undefined"),
    ),
)

DIVIDE = Op(
    name="divide",
    symbol="÷",
    arguments=("a", "b"),
    operator="/",
    reserved=False,
    doc="Quotient of two values.",
    source="lecture: 1/x has derivative -1/x^2",
    numpy="a / b",
    torch="a / b",
    latex=r"\frac{a}{b}",
    derivatives=(Elementwise("1 / b", r"\frac{1}{b}"), Elementwise("-a / b**2", r"-\frac{a}{{b}^2}")),
    shape=broadcast,
    cost=per_element(),
    dangers=(
        When("(a == 0) & (b == 0)", "zero divided by zero is undefined"),
        When("b == 0", "division by zero"),
    ),
)

POWER = Op(
    name="power",
    symbol="^",
    arguments=("a", "b"),
    operator="**",
    reserved=False,
    doc="The first value raised to the second.",
    source=CALCULUS,
    numpy="a ** b",
    torch="a ** b",
    latex="{a}^{b}",
    derivatives=(
        Elementwise(_base_slope, r"{b} \cdot {a}^{{b} - 1}"),
        Elementwise("power_exponent_slope(a, b, out)", r"{out} \cdot \ln {a}"),
    ),
    shape=broadcast,
    cost=per_element(20),
    kinks=(When("(a == 0) & (b == 0)", "0 ** 0 has no derivative in its exponent; 0 is taken", argument=1),),
    dangers=(
        When("(a == 0) & (b < 0)", "zero to a negative power is a division by zero"),
        When("(a < 0) & (b != np.floor(b))", "a negative number has no real power with a fraction"),
    ),
)

NEGATIVE = Op(
    name="negative",
    symbol="−",
    arguments=("x",),
    operator="-",
    reserved=False,
    doc="The value with its sign turned.",
    source="lecture: multiplication by the constant -1",
    numpy="-x",
    torch="-x",
    latex="-{x}",
    derivatives=(Elementwise("-1", "-1"),),
    shape=same,
    cost=per_element(),
    pattern="scale",
)


def _comparison(name: str, symbol: str, operator: str, doc: str, latex: str) -> Op:
    """A comparison gives 1 where it holds and 0 elsewhere; no gradient passes through it."""
    return Op(
        name=name,
        symbol=symbol,
        arguments=("a", "b"),
        operator=operator,
        reserved=False,
        doc=f"1 where the first value is {doc} the second, else 0. No gradient passes.",
        source="used as the condition of `where`",
        numpy=f"a {operator} b",
        torch=f"a {operator} b",
        latex=f"{{a}} {latex} {{b}}",
        derivatives=(None, None),
        shape=broadcast,
        cost=per_element(),
    )


_COMPARISONS = (
    _comparison("less", "<", "<", "less than", "<"),
    _comparison("less_equal", "≤", "<=", "at most", r"\le"),
    _comparison("greater", ">", ">", "greater than", ">"),
    _comparison("greater_equal", "≥", ">=", "at least", r"\ge"),
    _comparison("equal", "=", "==", "equal to", "="),
    _comparison("not_equal", "≠", "!=", "different from", r"\ne"),
)
COMPARISONS = frozenset(op.name for op in _COMPARISONS)
"""Ops whose text answers booleans, for 1 and 0."""

TABLE = (ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, NEGATIVE, *_COMPARISONS)
