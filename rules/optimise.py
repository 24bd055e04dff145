"""L-BFGS, for rules.learn: the daemon itself needs no scientific library besides numpy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Function = Callable[[Floats], tuple[float, Floats]]
"""From a point to the value and the gradient there."""

_Step = tuple[Floats, Floats, float]


def minimise(function: Function, start: Floats, rounds: int, memory: int = 8) -> Floats:
    """The lowest point found (Nocedal 1980) with a backtracking line search."""
    x = start
    value, gradient = function(x)
    steps: list[_Step] = []
    for _ in range(rounds):
        direction = _direction(gradient, steps)
        found = _search(function, x, value, gradient, direction, first=not steps)
        if found is None:
            break
        x_new, value_new, gradient_new = found
        s, y = x_new - x, gradient_new - gradient
        curvature = float(s @ y)
        if curvature > 1e-10:
            steps = [*steps[-memory + 1 :], (s, y, 1 / curvature)]
        settled = value - value_new < 1e-5 * abs(value_new)
        x, value, gradient = x_new, value_new, gradient_new
        if settled:
            break
    return x


def _direction(gradient: Floats, steps: list[_Step]) -> Floats:
    q = -gradient
    alphas = []
    for s, y, rho in reversed(steps):
        alpha = rho * float(s @ q)
        q = q - np.float32(alpha) * y
        alphas.append(alpha)
    if steps:
        s, y, _ = steps[-1]
        q = q * np.float32(float(s @ y) / float(y @ y))
    for (s, y, rho), alpha in zip(steps, reversed(alphas), strict=True):
        q = q + np.float32(alpha - rho * float(y @ q)) * s
    return q


def _search(
    function: Function, x: Floats, value: float, gradient: Floats, direction: Floats, *, first: bool
) -> tuple[Floats, float, Floats] | None:
    slope = float(direction @ gradient)
    size = min(1.0, 100.0 / (float(np.abs(direction).sum()) + 1e-12)) if first else 1.0
    for _ in range(20):
        candidate = x + np.float32(size) * direction
        value_new, gradient_new = function(candidate)
        if value_new <= value + 1e-4 * size * slope:
            return candidate, value_new, gradient_new
        size /= 2
    return None
