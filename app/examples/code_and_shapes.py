"""Code beside the graph, tensors and their Jacobians, the gradient check: rows L6 to L11."""

from app.schemas.catalogue import Choice, Example, ExampleView, Option

SCALAR_VECTOR_MATRIX = (
    Option(label="number to number", source="x = 3\ny = x**2\nf = sum(y * y)\n"),
    Option(label="vector to number", source="x = [3, 4]\ny = norm(x)\nf = sum(y * y)\n"),
    Option(
        label="vector to vector",
        source="x = [1, 2, -1]\nW = [[2, -1], [1, 0], [-2, 3]]\ny = x @ W\nf = sum(y * y)\n",
    ),
    Option(
        label="matrix to matrix",
        source="x = [[1, 2, -1], [0, 3, 1]]\nW = [[2, -1], [1, 0], [-2, 3]]\ny = x @ W\nf = sum(y * y)\n",
    ),
)

CODE_AND_SHAPES = (
    Example(
        id="flat-code",
        title="Backprop as flat code",
        row="L6",
        source="w0 = 2\nx0 = -1\nw1 = -3\nx1 = -2\nw2 = -3\n"
        "s0 = w0 * x0\ns1 = w1 * x1\ns2 = s0 + s1\ns3 = s2 + w2\nf = sigmoid(s3)\n",
        look="The code computes forward line by line, then the gradients in reverse: "
        "every forward line has its backward line. Edit the program and the code follows.",
        view=ExampleView(code="flat"),
    ),
    Example(
        id="modular-code",
        title="Backprop as modules",
        row="L7",
        source="x = 2\ny = -0.5\nz = x * y\nf = exp(z)\n",
        look="Each kind of gate is a pair, forward and backward. Forward saves what backward needs: "
        "the multiply gate keeps x and y, to hand each the other one's value times upstream.",
        view=ExampleView(code="modular"),
    ),
    Example(
        id="scalar-vector-matrix",
        title="Scalar, vector and matrix derivatives",
        row="L8",
        source=SCALAR_VECTOR_MATRIX[0].source,
        look="The gradient of x has the shape of x. The opened Jacobian has a row for each number in x "
        "and a column for each number in y, and downstream = J @ upstream.",
        choice=Choice(name="from x to y", options=list(SCALAR_VECTOR_MATRIX)),
        view=ExampleView(opened="y<0"),
    ),
    Example(
        id="relu-vector",
        title="ReLU on a vector",
        row="L9",
        source="x = [1, -2, 3, -1]\nh = relu(x)\n",
        upstream=[4, -1, 5, 9],
        look="The local gradient is 1 where x is positive and 0 elsewhere: upstream [4, -1, 5, 9] "
        "becomes [4, 0, 5, 0]. The Jacobian is diagonal, and backward never builds it.",
        view=ExampleView(opened="h<0"),
    ),
    Example(
        id="matrix-product",
        title="A matrix product",
        row="L10",
        source="X = [[1, 2, -1], [0, 3, 1]]\nW = [[2, -1], [1, 0], [-2, 3]]\nY = X @ W\n",
        upstream=[[1, -1], [2, 1]],
        look="The gradient of X is upstream @ W.T and that of W is X.T @ upstream, each in the shape of its "
        "own matrix. At 64 × 4096 by 4096 × 4096 the Jacobians would take 256 GiB and 16 TiB.",
        view=ExampleView(opened="Y<0", shapes={"X": [64, 4096], "W": [4096, 4096]}, dtype="float32"),
    ),
    Example(
        id="gradient-check",
        title="The gradient, checked by differences",
        row="L11",
        source="ordinary = 0.7\nsaturated = 20\nkinked = 0\n"
        "f = exp(ordinary) + sigmoid(saturated) + relu(kinked)\n",
        look="Differences take two forward passes for each input, the chain rule one pass back for all. "
        "They agree, where saturated up to rounding noise; at the kink of relu there is no derivative.",
        view=ExampleView(check=True),
    ),
)
