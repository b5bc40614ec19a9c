"""LaTeX as one reads it."""

import pytest
from cases import ALL, NEURON, Case

from engine import build, trace
from engine.autodiff.selection import lump_selection
from engine.writers import WRITERS
from engine.writers.latex_text import latex_name, latex_number

FIRST_GRAPH = r"""% forward
\begin{align*}
x &= -2 \\
y &= 5 \\
z &= -4 \\
q &= x + y = -2 + 5 = 3 \\
f &= q \cdot z = 3 \cdot (-4) = -12
\end{align*}

% backward: upstream times local is downstream
\begin{align*}
\frac{\partial f}{\partial f} &= 1 \\
\frac{\partial f}{\partial q} &= \frac{\partial f}{\partial f} \cdot z = 1 \cdot (-4) = -4 \\
\frac{\partial f}{\partial z} &= \frac{\partial f}{\partial f} \cdot q = 1 \cdot 3 = 3 \\
\frac{\partial f}{\partial y} &= \frac{\partial f}{\partial q} \cdot 1 = -4 \cdot 1 = -4 \\
\frac{\partial f}{\partial x} &= \frac{\partial f}{\partial q} \cdot 1 = -4 \cdot 1 = -4
\end{align*}
"""


def latex(source: str, inputs=None, **settings) -> str:
    return WRITERS["latex"].write(trace(source, inputs, **settings)).text


def test_the_lectures_first_graph() -> None:
    assert latex("q = x + y\nf = q * z\n", {"x": -2, "y": 5, "z": -4}) == FIRST_GRAPH


def test_the_lectures_neuron() -> None:
    lines = latex(NEURON).splitlines()
    assert r"t_{4} &= t_{3} + w_{2} = 4 + (-3) = 1 \\" in lines
    assert r"t_{6} &= e^{t_{5}} = e^{-1} \approx 0.3679 \\" in lines
    assert r"f &= \frac{1}{t_{7}} = \frac{1}{1.3679} \approx 0.7311" in lines
    local = r"\left(-\frac{1}{{t_{7}}^2}\right)"
    gradient = r"\frac{\partial f}{\partial t_{7}} &= \frac{\partial f}{\partial f}"
    assert rf"{gradient} \cdot {local} = 1 \cdot (-0.5344) \approx -0.5344 \\" in lines


def test_fan_out_is_a_sum() -> None:
    text = latex("x = 3\nf = x * x\n")
    term = r"\frac{\partial f}{\partial f} \cdot x"
    assert rf"\frac{{\partial f}}{{\partial x}} &= {term} + {term} = 1 \cdot 3 + 1 \cdot 3 = 6" in text


def test_small_matrices_are_written_out_and_large_ones_by_their_shape() -> None:
    text = latex("X = [[1, 2], [0, 3]]; w = [2, -1]\nY = X @ w", upstream=[1, 1])
    assert r"Y &= X \, w = \begin{bmatrix} 1 & 2 \\ 0 & 3 \end{bmatrix} \, \begin{bmatrix} 2 & -1" in text
    assert r"X^\top \, \frac{\partial Y}{\partial Y}" in text
    assert r"W &\in \mathbb{R}^{20 \times 30}" in latex("W = he(20, 30)\nf = sum(W)")


def test_what_a_formula_leaves_to_the_gate() -> None:
    text = latex(
        "x = [[1, 2], [3, 4]]\ns = sum(x, axis=0); p = x[0, 1:]\nc = concatenate([s, p, s])\nf = norm(c)"
    )
    assert r"\sum_{\text{axis } 0} x" in text
    assert r"x_{[0, 1:]}" in text
    assert r"\mathrm{concatenate}(s, p, s)" in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        ("w0", "w_{0}"),
        ("w_12", "w_{12}"),
        ("x₀", "x_{0}"),
        ("x_", r"\mathrm{x\_}"),
        ("W_h", "W_{h}"),
        ("W_xh", r"W_{\mathrm{xh}}"),
        ("theta_x1", r"\theta_{x1}"),
        ("theta", r"\theta"),
        ("θ1", r"\theta_{1}"),
        ("λ", r"\lambda"),
        ("Α", "A"),
        ("Δx", r"\Delta x"),
        ("loss", r"\mathrm{loss}"),
        ("data_loss", r"\mathrm{data\_loss}"),
        ("größe", r"\text{größe}"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert latex_name(name) == expected


def test_names_that_look_alike_are_told_apart() -> None:
    text = latex("x1 = 2; x_1 = 3\nf = x1 * x_1")
    assert r"f &= x_{1} \cdot \mathrm{x\_1} = 2 \cdot 3 = 6" in text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-12.0, "-12"),
        (0.36787944, "0.3679"),
        (1e-10, r"1 \cdot 10^{-10}"),
        (float("-inf"), r"-\infty"),
        (float("nan"), r"\mathrm{NaN}"),
    ],
)
def test_numbers(value: float, expected: str) -> None:
    assert latex_number(value) == expected


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_brace_is_closed(case: Case) -> None:
    text = WRITERS["latex"].write(case.traced()).text
    depth = 0
    for character in text.replace(r"\{", "").replace(r"\}", ""):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    assert text.count(r"\left") == text.count(r"\right")
    assert text.count(r"\begin") == text.count(r"\end")


def test_a_selection_is_written_gate_by_gate() -> None:
    graph = build("x = 2; k = 3\nh = x * k\ng = h + 1\nf = g * x")
    selection = trace(lump_selection(graph, ["h", "g"], "inner"))
    assert WRITERS["latex"].write(selection).text == WRITERS["latex"].write(trace(graph)).text
