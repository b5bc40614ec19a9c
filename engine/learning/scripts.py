"""A trained net as a script of its own, that prints the accuracy it had here.

Both scripts are made alike: weights and points embedded as base64 of their float32 bytes, features as
functions, a function `forward` of NumPy arrays, and what is printed of both parts of the data. The forward
pass is the writers' own text of the program's graph.
"""

import base64
import textwrap
from collections.abc import Mapping, Sequence

import numpy as np

from engine.autodiff.trace import Trace, trace
from engine.graph.build import build
from engine.graph.structure import Graph, Node
from engine.learning.features import COORDINATES, PLAIN, featured
from engine.learning.network import Network, network
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.limits import DEFAULT, TRAINING
from engine.ops.op import Array
from engine.writers.flat import ForwardText
from engine.writers.helpers import helpers_in, imports_of
from engine.writers.pytorch import trained_module
from engine.writers.torch_text import HINGE_LOSS

PROBES = 4
"""Points the graph is traced at: the texts written are the same for any number."""

PARTS = ("train", "validation")

DECODED = '''
def decoded(text, shape, kind="<f4"):
    """An array from the base64 of its bytes."""
    return np.frombuffer(base64.b64decode(text), dtype=kind).reshape(shape)
'''.strip()

TORCH_FORWARD = '''
net = Net()


def forward(*arrays):
    """What the network answers for NumPy arrays."""
    with torch.no_grad():
        return net(*[torch.from_numpy(array.astype(np.float64)) for array in arrays]).numpy()
'''.strip()


FEATURES = '''
def features(points):
    """What the network is shown of every point."""
    x, y = points.astype(np.float64).T
    r, theta = np.hypot(x, y), np.arctan2(y, x)
    columns = [{columns}]
    return np.column_stack(columns).astype(np.float32)
'''.strip()

ACCURACY = '''
def accuracy(scores, y):
    """The share of points whose class has the highest score; a single score is that of class 1 against 0."""
    scores = scores.reshape(len(y), -1)
    chosen = scores[:, 0] > 0 if scores.shape[1] == 1 else np.argmax(scores, axis=1)
    return float(np.mean(chosen == y))
'''.strip()

OWN_NAMES = frozenset(
    {"base64", "decoded", "forward", "features", "accuracy"}
    | {f"{letter}_{part}" for letter in "Xy" for part in PARTS}
    | {f"feature_{number}" for number in range(1, int(DEFAULT.features) + 1)}
)
"""What a script calls its own: no value of the program goes by such a name."""


def numpy_script(spec: TrainingSpec, state: TrainingState) -> str:
    """A NumPy program that prints the net's accuracy over both parts, or its loss without classes."""
    net = network(spec)
    text = ForwardText(_traced(spec, state, net), OWN_NAMES)
    weights = [
        f"{text.name(node)} = {_embedded(state.parameters[node.name or ''])}" for node in text.parameters
    ]
    forward = _function("forward", [text.name(node) for node in text.arguments], text)
    return _script([], ["\n".join(weights), forward], spec, net, text.arguments)


def pytorch_script(spec: TrainingSpec, state: TrainingState) -> str:
    """A PyTorch program, in float64, that prints the same as `numpy_script`."""
    net = network(spec)
    weights = {name: f"{_embedded(array)}.astype(np.float64)" for name, array in state.parameters.items()}
    lines, arguments = trained_module(_traced(spec, state, net), weights)
    module = "\n".join(lines)
    own_loss = [HINGE_LOSS] if "hinge_loss(" in module else []
    functional = ["import torch.nn.functional as F"] if "F." in "\n".join([*own_loss, module]) else []
    head = ["import torch", *functional, "from torch import nn", "", "torch.set_default_dtype(torch.float64)"]
    return _script(head, [*own_loss, module, TORCH_FORWARD], spec, net, arguments)


def _script(
    head: Sequence[str], forward: Sequence[str], spec: TrainingSpec, net: Network, arguments: Sequence[Node]
) -> str:
    """A script around the definition of `forward`; its arguments are X, y or both."""
    features = _features(spec)
    definitions = [*([ACCURACY] if net.classifies else []), *forward, *features]
    helpers = helpers_in("\n".join(definitions))
    numpy = imports_of(helpers)
    imports = ["import base64", *([] if numpy[0].startswith("import math") else [""]), *numpy]
    quiet = [*([] if head else [""]), 'np.seterr(all="ignore")']
    shown = [f"X_{part} = features(X_{part})" for part in PARTS if features]
    run = [*_points(spec), *shown, "", *_asked(net, [node.name or "" for node in arguments])]
    parts = ["\n".join([*imports, *head, *quiet]), *helpers, DECODED, *definitions, "\n".join(run)]
    return "\n\n\n".join(parts) + "\n"


def _traced(spec: TrainingSpec, state: TrainingState, net: Network) -> Trace:
    """The program at a few points: up to the scores where they choose a class, else up to the loss."""
    data = featured(spec.data, spec.features)
    rows = min(PROBES, len(data.y_train))
    graph = build(spec.program, {"X": (rows, net.columns), "y": (rows,)}, TRAINING)
    output = graph.named("scores" if net.classifies else net.loss)
    assert output is not None
    given = {**state.parameters, "X": data.X_train[:rows], "y": data.y_train[:rows]}
    return _probed(graph.with_output(output.key), given)


def _probed(graph: Graph, given: Mapping[str, Array]) -> Trace:
    """The graph run with these values, as far as it asks for them."""
    asked = {name: array.astype(np.float64) for name, array in given.items() if graph.named(name) is not None}
    return trace(graph, asked, upstream=np.ones(graph.output.shape), limits=TRAINING, finite=False)


def _function(name: str, arguments: Sequence[str], text: ForwardText) -> str:
    """A function of the forward lines of a program."""
    lines = [f"def {name}({', '.join(arguments)}):", *text.lines(), f"return {text.output}"]
    return "\n    ".join(lines)


def _points(spec: TrainingSpec) -> list[str]:
    """The points of both parts and their labels."""
    data = featured(spec.data, spec.features if not spec.data.in_plane else PLAIN)
    kind = "u1" if spec.data.kind == "classes" else "<f4"
    return [
        f"X_train = {_embedded(data.X_train)}",
        f"y_train = {_embedded(data.y_train, kind)}.astype(np.float32)",
        f"X_validation = {_embedded(data.X_validation)}",
        f"y_validation = {_embedded(data.y_validation, kind)}.astype(np.float32)",
    ]


def _features(spec: TrainingSpec) -> list[str]:
    """A function for every feature that the network is shown of a point, and one that lays them side by side.

    None where it is shown the points as they are.
    """
    if not spec.data.in_plane or spec.features == PLAIN:
        return []
    functions: list[str] = []
    for number, feature in enumerate(spec.features, start=1):
        graph = build(feature, dict.fromkeys(COORDINATES, (PROBES,)), TRAINING)
        text = ForwardText(_probed(graph, dict.fromkeys(COORDINATES, np.linspace(0.1, 1, PROBES))))
        remark = "".join(c if c.isprintable() else " " for c in feature)
        functions.append(f"# {remark}\n{_function(f'feature_{number}', COORDINATES, text)}")
    calls = [f"feature_{number}({', '.join(COORDINATES)})" for number in range(1, len(functions) + 1)]
    return [*functions, FEATURES.format(columns=", ".join(calls))]


def _asked(net: Network, arguments: Sequence[str]) -> list[str]:
    """What is printed of both parts."""
    lines: list[str] = []
    for part in PARTS:
        call = f"forward({', '.join(f'{name}_{part}' for name in arguments)})"
        if net.classifies:
            lines.append(f'print("{part} accuracy =", accuracy({call}, y_{part}))')
        else:
            lines.append(f'print("{part} loss =", float({call}))')
    return lines


def _embedded(array: Array, kind: str = "<f4") -> str:
    """The array as a call of `decoded`."""
    encoded = base64.b64encode(np.ascontiguousarray(array, dtype=kind).tobytes()).decode()
    text = "\n".join(textwrap.wrap(encoded, 100))
    quoted = f'"""\n{text}\n"""' if len(text) > 60 else f'"{text}"'
    return f"decoded({quoted}, {array.shape}{'' if kind == '<f4' else f', {kind!r}'})".replace("'", '"')
