"""Chainrule's engine: a small language, a table of ops, a graph, and two ways to run it.

from engine import trace
trace("f = (x + y) * z", {"x": -2, "y": 5, "z": -4}).gradients
"""

from engine import limits
from engine.autodiff.plan import Plan
from engine.autodiff.trace import Trace, trace
from engine.errors import EngineError
from engine.graph.build import build
from engine.graph.structure import Graph
from engine.ops import OPS

__all__ = ["OPS", "EngineError", "Graph", "Plan", "Trace", "build", "limits", "trace"]
