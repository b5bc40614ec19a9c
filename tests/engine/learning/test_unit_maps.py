"""Maps of units: the values, in 8 bits, where they belong."""

from dataclasses import replace

import numpy as np
import pytest
from wirings import WIRINGS

from engine import trace
from engine.learning import DataSpec, Parts, TrainingSpec, frame, network, run_slice, start
from engine.learning.features import columns_of
from engine.learning.hidden import hidden_layers
from engine.learning.plane import EXTENT
from engine.learning.unit_maps import MISSING, SIZE, UnitMaps, unit_maps


def maps_of(spec: TrainingSpec, state) -> UnitMaps:
    found = frame(spec, state, Parts(units=True)).units
    assert found is not None
    return found


def centres() -> np.ndarray:
    step = (EXTENT[1] - EXTENT[0]) / SIZE
    at = [EXTENT[0] + step * (cell + 0.5) for cell in range(SIZE)]
    return np.array([(x, y) for y in at for x in at])


IN_PLANE = [name for name, spec in WIRINGS.items() if spec.data.in_plane]


@pytest.mark.parametrize("name", IN_PLANE)
def test_maps_are_the_traces_values_at_the_cells_centres(name: str) -> None:
    spec = WIRINGS[name]
    state, _ = run_slice(spec, start(spec), 4)
    found = maps_of(spec, state)
    net = network(spec)
    names = [layer.name for layer in hidden_layers(net)]
    assert [layer.name for layer in found.layers] == ["X", *names, *(["scores"] if net.has_scores else [])]
    X = columns_of(centres(), spec.features)
    reference = trace(
        net.graph_of(SIZE**2), {**state.parameters, "X": X, "y": np.zeros(SIZE**2)}, finite=False
    )
    for layer in found.layers:
        values = reference.values[reference.graph.names[layer.name]].reshape(SIZE**2, -1)
        shown = np.float64(layer.scale) * layer.maps.reshape(len(layer.scale), -1).T / 127
        assert shown.shape == values.shape
        # half a step of 127, and what float32 rounds
        allowed = layer.scale / 254 + 1e-4 * np.abs(values).max() + 1e-6
        assert (np.abs(shown - values) <= allowed).all()


def test_x_grows_along_a_row_and_y_from_row_to_row() -> None:
    spec = WIRINGS["no hidden layer"]
    x, y = maps_of(spec, start(spec)).layers[0].maps
    assert (np.diff(x.astype(int), axis=1) > 0).all()
    assert (np.diff(y.astype(int), axis=0) > 0).all()
    assert x[0, -1] == y[-1, 0] == 127
    assert x[0, 0] == y[0, 0] == -127


def test_what_is_not_finite_is_marked_and_does_not_spoil_the_rest() -> None:
    # 0 / 0 never meets the data, only the cells at the edge, beyond the square they fill
    spec = replace(
        WIRINGS["features of one's own"], features=("x", "log(1.1 - x)", "0 * y", "1 / (y + 1.1875)")
    )
    found = maps_of(spec, start(spec))
    x, logarithm, nothing, reciprocal = found.layers[0].maps
    assert (logarithm[:, -1] == MISSING).all()
    assert (logarithm[:, :-1] != MISSING).all()
    assert (x != MISSING).all()
    assert (nothing == 0).all()
    assert found.layers[0].scale[2] == 0
    assert (reciprocal[0] == MISSING).all()
    assert (reciprocal[1:] > 0).any()


def test_outside_the_plane_there_are_no_maps() -> None:
    spec = WIRINGS["images"]
    assert unit_maps(spec, network(spec), start(spec).parameters) is None


def test_the_plain_form_is_bytes_unit_by_unit() -> None:
    spec = TrainingSpec(WIRINGS["residual"].program, DataSpec("spiral", 3, 60, 0.2))
    found = maps_of(spec, start(spec))
    plain = found.to_plain()
    assert plain["size"] == 20
    for layer, entry in zip(found.layers, plain["layers"], strict=True):
        units = len(layer.scale)
        assert len(entry["scale"]) == 4 * units
        assert len(entry["maps"]) == 400 * units
        assert np.frombuffer(entry["maps"], np.int8).reshape(units, 20, 20).tolist() == layer.maps.tolist()
