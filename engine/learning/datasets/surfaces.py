"""Surfaces over the square: a number to be predicted at every point, in place of a class."""

import numpy as np

from engine.learning.datasets.dataset import DataSet, Points, Surface, over_square

BUMP_WIDTH = 0.4
"""Standard deviation of the bump."""


def plane(x: Points, y: Points) -> Points:
    """(x + y) / 2: what a linear model fits exactly."""
    return (x + y) / 2


def bump(x: Points, y: Points) -> Points:
    """exp(-(x^2 + y^2) / (2 * 0.4^2)): a hill in the middle of a plain."""
    return np.exp(-(x**2 + y**2) / (2 * BUMP_WIDTH**2))


def saddle(x: Points, y: Points) -> Points:
    """x^2 - y^2: up along one axis, down along the other."""
    return x**2 - y**2


def sine(x: Points, y: Points) -> Points:
    """sin(pi x) cos(pi y): hills and valleys in turn."""
    return np.sin(np.pi * x) * np.cos(np.pi * y)


def _data_set(name: str, title: str, doc: str, surface: Surface) -> DataSet:
    return DataSet(
        name=name,
        title=title,
        doc=doc,
        source="regression over the square, points drawn evenly",
        noise_unit="value",
        class_range=(1, 1),
        classes=1,
        samples=400,
        noise=0.05,
        draw=over_square(surface),
        kind="values",
    )


PLANE = _data_set("plane", "Plane", "The value is (x + y) / 2: a linear model fits it exactly.", plane)
BUMP = _data_set("bump", "Bump", "The value is a Gaussian hill in the middle: no linear model fits it.", bump)
SADDLE = _data_set("saddle", "Saddle", "The value is x^2 - y^2: linear in the squares alone.", saddle)
SINE = _data_set("sine", "Sine", "The value is sin(pi x) cos(pi y): hills and valleys in turn.", sine)
