"""The gallery: programs worth opening, each from a row of the lecture; the tests run every one."""

from typing import Final

from app.schemas.catalogue import Example
from app.schemas.tensors import Tensor


def _example(
    id: str,  # noqa: A002
    title: str,
    row: str,
    source: str,
    look: str,
    inputs: dict[str, Tensor] | None = None,
    upstream: Tensor | None = None,
) -> Example:
    return Example(
        id=id, title=title, row=row, source=source, look=look, inputs=inputs or {}, upstream=upstream
    )


EXAMPLES: Final = (
    _example(
        "first-graph",
        "A first graph",
        "L1",
        "q = x + y\nf = q * z\n",
        "Each edge going back carries upstream × local. Both inputs of the sum get -4: "
        "what arrives at q, times 1.",
        inputs={"x": -2, "y": 5, "z": -4},
    ),
    _example(
        "neuron",
        "A sigmoid neuron, gate by gate",
        "L2",
        "w0 = 2; x0 = -1\nw1 = -3; x1 = -2\nw2 = -3\nf = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))\n",
        "Step back from f: 1, then -0.53 twice, then -0.20, then 0.20 into the sum. "
        "No gate needs to know the whole expression.",
    ),
    _example(
        "add-distributes",
        "Add distributes",
        "L4",
        "x = 3\ny = -1\nf = 2 * (x + y)\n",
        "An upstream of 2 arrives at the sum, and both of its inputs receive that same 2.",
    ),
    _example(
        "multiply-swaps",
        "Multiply swaps",
        "L4",
        "x = 2\ny = 3\nf = 5 * (x * y)\n",
        "An upstream of 5 arrives: x receives 5 times the value of y, y receives 5 times the value of x.",
    ),
    _example(
        "copy-adds",
        "A copy adds up",
        "L4",
        "x = 1\nf = 4*x + 2*x\n",
        "x is used twice. 4 comes back along one edge and 2 along the other: its gradient is their sum, 6.",
    ),
    _example(
        "max-routes",
        "Max routes",
        "L4",
        "x = 4\ny = 5\nf = 9 * max(x, y)\n",
        "The whole upstream of 9 goes to the larger input; the other one gets 0.",
    ),
    _example(
        "square",
        "x times itself",
        "L4",
        "x = 3\nf = x * x\n",
        "Two edges join x to the gate. Each carries 3 back, and x receives 6, the derivative 2x.",
    ),
    _example(
        "relu-vector",
        "ReLU on a vector",
        "L9",
        "x = [1, -2, 3, -1]\nh = relu(x)\n",
        "The local gradient is 1 where x is positive and 0 elsewhere: upstream [4, -1, 5, 9] "
        "becomes [4, 0, 5, 0], and no Jacobian is built.",
        upstream=[4, -1, 5, 9],
    ),
    _example(
        "matrix-product",
        "A matrix product",
        "L10",
        "X = [[1, 2, -1], [0, 3, 1]]\nW = [[2, -1], [1, 0], [-2, 3]]\nY = X @ W\n",
        "The gradient of X is upstream @ W.T and that of W is X.T @ upstream. "
        "Each has the shape of its own matrix.",
        upstream=[[1, -1], [2, 1]],
    ),
    _example(
        "cross-entropy",
        "Softmax cross-entropy of three scores",
        "L12",
        "scores = [[3.2, 5.1, -1.7]]\ny = [0]\nloss = cross_entropy(scores, y)\n",
        "The loss is 2.04. The gradient of the scores is softmax minus one at the right class: "
        "it pushes 3.2 up and 5.1 down. Labels have no gradient.",
    ),
    _example(
        "two-layer-net",
        "A two-layer net and its loss",
        "L25",
        "X = [[0, 0], [0, 1], [1, 0], [1, 1]]\ny = [0, 1, 1, 0]\n"
        "W1 = he(2, 4); b1 = zeros(4)\nW2 = he(4, 2); b2 = zeros(2)\n"
        "h1 = relu(X @ W1 + b1)\nscores = h1 @ W2 + b2\ndata_loss = cross_entropy(scores, y)\n"
        "regularization = 0.001 * (sum(W1**2) + sum(W2**2))\nloss = data_loss + regularization\n",
        "Data and weights make scores, scores make the data loss, weights make the regularization, "
        "and their sum is the loss. Each weight receives gradient from both.",
    ),
)
