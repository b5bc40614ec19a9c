"""The chain rule on numbers: rows L1 to L5."""

from app.schemas.catalogue import Example, ExampleView

NEURON = "w0 = 2\nx0 = -1\nw1 = -3\nx1 = -2\nw2 = -3\nf = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))\n"

CHAIN_RULE = (
    Example(
        id="first-graph",
        title="A first graph",
        row="L1",
        source="q = x + y\nf = q * z\n",
        inputs={"x": -2, "y": 5, "z": -4},
        look="Each edge going back carries upstream × local. Both inputs of the sum get -4: "
        "what arrives at q, times 1.",
    ),
    Example(
        id="neuron",
        title="A sigmoid neuron, gate by gate",
        row="L2",
        source=NEURON,
        look="Step back from f: 1, then -0.53 twice, then -0.20, then 0.20 into the sum. "
        "No gate needs to know the whole expression.",
    ),
    Example(
        id="neuron-lumped",
        title="The same neuron with one sigmoid gate",
        row="L3",
        source=NEURON,
        look="The last four gates are drawn as one, whose local gradient is (1 - f) f = 0.1966. "
        "Unlump it: the same 0.1966 arrives at the sum.",
        view=ExampleView(lump=["sigmoid"], opened="f<0"),
    ),
    Example(
        id="add-distributes",
        title="Add distributes",
        row="L4",
        source="x = 3\ny = -1\nf = 2 * (x + y)\n",
        look="An upstream of 2 arrives at the sum, and both of its inputs receive that same 2.",
    ),
    Example(
        id="multiply-swaps",
        title="Multiply swaps",
        row="L4",
        source="x = 2\ny = 3\nf = 5 * (x * y)\n",
        look="An upstream of 5 arrives: x receives 5 times the value of y, "
        "y receives 5 times the value of x.",
    ),
    Example(
        id="copy-adds",
        title="A copy adds up",
        row="L4",
        source="x = 1\nf = 4*x + 2*x\n",
        look="x is used twice, so it is copied. 4 comes back along one copy and 2 along the other: "
        "the copy gate adds them up to 6.",
        view=ExampleView(copies=True, opened="x:copy"),
    ),
    Example(
        id="max-routes",
        title="Max routes",
        row="L4",
        source="x = 4\ny = 5\nf = 9 * max(x, y)\n",
        look="The whole upstream of 9 goes to the larger input; the other one gets 0.",
    ),
    Example(
        id="square",
        title="x times itself",
        row="L4",
        source="x = 3\nf = x * x\n",
        look="Two edges join x to the gate. Each carries 3 back, and x receives 6, the derivative 2x.",
    ),
    Example(
        id="upstream-times-local",
        title="Upstream × local = downstream",
        row="L5",
        source="x = 3\ny = 4\np = x * y\nq = p - 10\nr = q**3\nf = 5 * r\n",
        look="Step back one gate at a time: 1 × 5 = 5, 5 × 12 = 60, 60 × 1 = 60, then 60 × 4 = 240 for x "
        "and 60 × 3 = 180 for y. What one gate hands down is what arrives at the next.",
        view=ExampleView(opened="r<0"),
    ),
)
