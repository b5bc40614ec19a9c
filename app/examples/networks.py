"""Losses and whole networks: rows L12, L25, L26, L29."""

from app.schemas.catalogue import Choice, Example, ExampleView, Option

READ = (1, -1, 0.5, 2, -0.5, 1.5, -2, 0.25)
"""What the recurrent cell reads, one number at each step."""
STEPS = 3

NET = (
    "X = [[1, -1], [0.5, 2]]\n{y}\n"
    "W1 = [[0.5, -1, 1], [1, 0.5, -0.5]]\nb1 = [0.6, 0.1, 0.2]\n"
    "W2 = [[1, -0.5, 0.5], [-1, 1, 0], [0.5, 0, -1]]\nb2 = [0, 0.1, 0]\n"
    "h = relu(X @ W1 + b1)\nscores = h @ W2 + b2\n{loss}\n"
)


def _unrolled(steps: int) -> str:
    """A recurrent cell of one number, written out step by step."""
    numbers = range(1, steps + 1)
    lines = ["w = 0.8", "u = 0.5", "h0 = 0.2"]
    lines += [f"x{step} = {READ[step - 1]}" for step in numbers]
    lines += [f"h{step} = tanh(w*h{step - 1} + u*x{step})" for step in numbers]
    return "\n".join([*lines, f"loss = (h{steps} - 1)**2", ""])


def _neuron(activation: str) -> str:
    """A neuron whose parts are named after a nerve cell's."""
    return (
        "x0 = 0.5; x1 = -1; x2 = 2\nw0 = 1.5; w1 = 0.4; w2 = 0.8\nb = -0.5\n"
        "dendrite0 = w0 * x0\ndendrite1 = w1 * x1\ndendrite2 = w2 * x2\n"
        "cell_body = dendrite0 + dendrite1 + dendrite2 + b\n"
        f"axon = {activation}(cell_body)\n"
    )


ACTIVATIONS = ("sigmoid", "relu", "tanh")

LOSSES = (
    Option(
        label="squared error", source=NET.format(y="y = [[1, 0, 0], [0, 0, 1]]", loss="loss = mse(scores, y)")
    ),
    Option(label="cross-entropy", source=NET.format(y="y = [0, 2]", loss="loss = cross_entropy(scores, y)")),
    Option(label="hinge", source=NET.format(y="y = [0, 2]", loss="loss = hinge_loss(scores, y)")),
)

NETWORKS = (
    Example(
        id="cross-entropy",
        title="Softmax cross-entropy of three scores",
        row="L12",
        source="scores = [[3.2, 5.1, -1.7]]\ny = [0]\nloss = cross_entropy(scores, y)\n",
        look="The loss is 2.04. The gradient of the scores is softmax minus one at the right class: "
        "it pushes 3.2 up and 5.1 down. Labels have no gradient.",
        view=ExampleView(opened="loss<0"),
    ),
    Example(
        id="numpy-net",
        title="The net of the 19 lines",
        row="L20",
        source="x = normal(64, 1000)\ny = normal(64, 10)\nW1 = normal(1000, 100)\nW2 = normal(100, 10)\n"
        "h = 1 / (1 + np.exp(-x @ W1))\nscores = h @ W2\nloss = np.square(scores - y).sum()\n",
        look="The three forward lines of the NumPy program, at its own size. It had to write the way back "
        "by hand, line by line; here the graph finds it.",
    ),
    Example(
        id="two-layer-net",
        title="A two-layer net and its loss",
        row="L25",
        source="X = [[-1, -1], [-1, 1], [1, -1], [1, 1]]\ny = [0, 1, 1, 0]\n"
        "W1 = he(2, 4)\nb1 = zeros(4)\nW2 = he(4, 2)\nb2 = zeros(2)\n"
        "h1 = relu(X @ W1 + b1)\nscores = h1 @ W2 + b2\ndata_loss = cross_entropy(scores, y)\n"
        "regularization = 0.001 * (sum(W1**2) + sum(W2**2))\nloss = data_loss + regularization\n",
        look="Data and weights make scores, scores make the data loss, weights make the regularization, "
        "and their sum is the loss. Each weight matrix receives gradient from both.",
    ),
    Example(
        id="recurrent-cell",
        title="A recurrent cell, unrolled",
        row="L26",
        source=_unrolled(STEPS),
        look="Every step uses the same w and u, so each of them receives the sum of what comes back from all "
        "steps. Change the number of steps: the graph grows, the walk back stays the same.",
        choice=Choice(
            name="steps",
            options=[Option(label=str(steps), source=_unrolled(steps)) for steps in range(1, len(READ) + 1)],
        ),
    ),
    Example(
        id="nerve-cell",
        title="The neuron and its nerve cell",
        row="L27",
        source=_neuron(ACTIVATIONS[0]),
        look="Dendrites bring impulses in: inputs times weights. The cell body adds them up. The axon "
        "carries the activation on. The likeness is very loose, nerve cells are far more complex: be careful "
        "with brain analogies.",
        choice=Choice(
            name="activation",
            options=[Option(label=name, source=_neuron(name)) for name in ACTIVATIONS],
        ),
    ),
    Example(
        id="change-the-loss",
        title="One net, another loss",
        row="L29",
        source=LOSSES[0].source,
        look="Choose another loss: one gate changes and the walk back is the same. "
        "Another gradient arrives at scores, and nothing has to be derived again.",
        choice=Choice(name="loss", options=list(LOSSES)),
    ),
)
