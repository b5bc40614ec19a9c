"""Modular NumPy as one reads it."""

from cases import NET, NEURON

from engine import trace
from engine.writers import WRITERS

MULTIPLY = '''\
class Multiply:
    """Product of two values. Each receives the upstream gradient times the other's value."""

    def forward(self, a, b):
        self.a, self.b = a, b  # saved for the way back
        return a * b

    def backward(self, upstream):
        grad_a = upstream * self.b
        grad_b = upstream * self.a
        return grad_a, grad_b
'''

GRAPH = """\
graph = [  # gate, inputs (a constant stands for itself), output
    (Multiply(), ["w0", "x0"], "t1"),   # -2
    (Multiply(), ["w1", "x1"], "t2"),   # 6
    (Add(), ["t1", "t2"], "t3"),        # 4
    (Add(), ["t3", "w2"], "t4"),        # 1
    (Negative(), ["t4"], "t5"),         # -1
    (Exp(), ["t5"], "t6"),              # 0.3679
    (Add(), [1.0, "t6"], "t7"),         # 1.3679
    (Divide(), [1.0, "t7"], "f"),       # 0.7311
]
"""


def modular(source: str, inputs=None, **settings) -> str:
    return WRITERS["modular"].write(trace(source, inputs, **settings)).text


def test_a_gate_is_a_class_with_forward_and_backward() -> None:
    text = modular(NEURON)
    assert MULTIPLY in text
    assert GRAPH in text
    assert text.count("class ") == 5


def test_a_gate_saves_only_what_backward_needs() -> None:
    text = modular(NEURON)
    assert '"""\n\n    def forward(self, a, b):\n        return a + b\n' in text
    assert "        self.out = np.exp(x)\n        return self.out\n" in text
    assert "        grad_x = upstream * self.out\n        return (grad_x,)\n" in text


def test_no_gradient_is_none() -> None:
    text = modular(NET)
    assert "return grad_scores, None" in text
    assert "return None, grad_b" in text


def test_broadcasting_is_undone_where_it_happens() -> None:
    text = modular(NET)
    assert "grad_b = unbroadcast(upstream, np.shape(self.b))" in text
    assert "def unbroadcast(gradient, shape):" in text
    assert "unbroadcast" not in modular(NEURON)


def test_gates_that_differ_in_an_option_take_it_when_they_are_made() -> None:
    text = modular("x = [[1, 2], [3, 4]]\nf = sum(sum(x, axis=0) * sum(x, axis=1))")
    assert "def __init__(self, axis):" in text
    assert "(Sum(axis=0), " in text
    assert "(Sum(axis=None), " in text


def test_an_option_that_all_gates_share_is_written_in_the_class() -> None:
    text = modular("x = [[1, 2], [3, 4]]\nf = sum(x * x, axis=0)", upstream=[1, 1])
    assert "return np.sum(x, axis=0)" in text
    assert "__init__" not in text


def test_gates_with_different_texts_are_different_classes() -> None:
    text = modular("x = [1, 2]; W = [[1, 2], [3, 4]]\nf = sum((x @ W) * (W @ x)) * (x @ x)")
    assert [line for line in text.splitlines() if line.startswith("class Matmul")] == [
        "class Matmul:",
        "class Matmul2:",
        "class Matmul3:",
    ]


def test_every_index_is_one_class() -> None:
    text = modular("x = [[1, 2], [3, 4]]\nf = x[0, 1] * x[1, 0] + sum(x[:, 0])")
    assert text.count("class Index") == 1
    assert "(Index(entries=np.s_[0, 1]), " in text
    assert "(Index(entries=np.s_[:, 0]), " in text
