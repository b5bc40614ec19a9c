"""Flat NumPy as one reads it."""

from cases import NET, NEURON

from engine import trace
from engine.writers import WRITERS

FIRST_GRAPH = """\
# q = x + y
# f = q * z

import numpy as np

# inputs
x = -2.0
y = 5.0
z = -4.0

# forward
q = x + y                               # 3
f = q * z                               # -12

# backward: upstream * local = downstream, the last gate first
grad_f = 1.0
grad_q = grad_f * z                     # -4
grad_z = grad_f * q                     # 3
grad_x = grad_q                         # -4
grad_y = grad_q                         # -4

print("f =", f)
gradients = {"x": grad_x, "y": grad_y, "z": grad_z}
for name, gradient in gradients.items():
    print(f"grad_{name} =", gradient)
"""

NEURON_LINES = """\
# forward
t1 = w0 * x0                            # -2
t2 = w1 * x1                            # 6
t3 = t1 + t2                            # 4
t4 = t3 + w2                            # 1
t5 = -t4                                # -1
t6 = np.exp(t5)                         # 0.3679
t7 = 1 + t6                             # 1.3679
f = 1 / t7                              # 0.7311

# backward: upstream * local = downstream, the last gate first
grad_f = 1.0
grad_t7 = grad_f * (-1 / t7**2)         # -0.5344
grad_t6 = grad_t7                       # -0.5344
grad_t5 = grad_t6 * t6                  # -0.1966
grad_t4 = -grad_t5                      # 0.1966
grad_t3 = grad_t4                       # 0.1966
grad_w2 = grad_t4                       # 0.1966
grad_t1 = grad_t3                       # 0.1966
grad_t2 = grad_t3                       # 0.1966
grad_w1 = grad_t2 * x1                  # -0.3932
grad_x1 = grad_t2 * w1                  # -0.5898
grad_w0 = grad_t1 * x0                  # -0.1966
grad_x0 = grad_t1 * w0                  # 0.3932
"""


def flat(source: str, inputs=None, **settings) -> str:
    return WRITERS["flat"].write(trace(source, inputs, **settings)).text


def lines_of(text: str) -> list[str]:
    """The lines without their remarks."""
    return [line.partition("  #")[0].rstrip() for line in text.splitlines()]


def test_the_lectures_first_graph() -> None:
    assert flat("q = x + y\nf = q * z\n", {"x": -2, "y": 5, "z": -4}) == FIRST_GRAPH


def test_the_lectures_neuron() -> None:
    assert NEURON_LINES in flat(NEURON)


def test_the_two_layer_net() -> None:
    text = flat(NET)
    lines = lines_of(text)
    for line in (
        "y = np.array([0, 1, 1, 0])",
        'W1 = draws("W1").normal(0.0, np.sqrt(2.0 / 2), (2, 4))',
        "b1 = np.zeros(4)",
        "h1 = np.maximum(t2, 0)",
        "grad_W2 = grad_t6 * (2 * W2)",
        "grad_h1 = grad_t3 @ W2.T",
        "grad_W2 += h1.T @ grad_t3",
        "grad_b1 = np.sum(grad_t2, axis=0)",
    ):
        assert line in lines
    defined = [line[4 : line.index("(")] for line in lines if line.startswith("def ")]
    assert defined == ["log_probabilities", "cross_entropy", "cross_entropy_slope", "draws"]


def test_fan_out_adds_up() -> None:
    text = flat("x = 3\nf = x * x\n")
    assert (
        "grad_x = grad_f * x                     # 3\ngrad_x += grad_f * x                    # 6\n" in text
    )
    assert "# (where a value fanned out, its gradients add up)" in text


def test_what_is_shared_is_copied_before_it_is_added_to() -> None:
    lines = lines_of(flat("a = [1, 2]; b = [3, 4]\ns = a + b; t = s + a\nf = sum(t * b)"))
    assert "grad_a = grad_t.copy()" in lines
    assert "grad_s = grad_t" in lines


def test_only_the_helpers_needed() -> None:
    text = flat("x = [1, 2, 3]\nf = sum(softmax(x) * x)")
    assert text.count("def ") == 1
    assert "def softmax(x, axis=-1):" in text
    assert "Array" not in text


def test_numbers_that_are_not_finite_are_numpys() -> None:
    text = flat("x = 0\nf = 1 / x")
    assert "x = np.float64(0.0)" in text
    assert 'np.seterr(all="ignore")' in text


def test_a_long_program_is_not_repeated() -> None:
    text = flat("x = 1\n" + "x = sin(x)\n" * 40)
    assert text.startswith("import numpy as np")
    assert "x_41 = np.sin(x_40)" in text


def test_a_remark_cannot_become_code() -> None:
    text = flat("x = 2 # \u2028import os \x0c import sys\nf = x * x")
    assert all(line.startswith("#") for line in text.splitlines() if "import os" in line or "sys" in line)


def test_a_path_without_gradient_is_not_walked() -> None:
    text = flat("x = 3; k = 2 * x\nf = where(k > 1, x, 2 * x)")
    assert "grad_k" not in text


def test_an_input_that_does_not_matter_has_gradient_zero() -> None:
    text = flat("x = 2; v = [1, 2]\nf = x * x")
    assert "grad_v = np.zeros_like(v)  # the output does not depend on it" in text
