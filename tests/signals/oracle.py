"""The rules written a second time, slowly and by windows as NHSRplotthedots has them.

Nothing is shared with the kernel: each point looks at every window it could belong to.
"""

from __future__ import annotations

import math

RUN = 7
CONSTANT = 2.66


def sign(value):
    return (value > 0) - (value < 0)


def label(bits):
    """The name of a point, by precedence: limits, trend, two of three, run."""
    order = ["UCL", "LCL", "up", "down", "2 high", "2 low", "7 above", "7 below"]
    return next((name for name in order if name in bits), "common")


def chart(values, *, rebase=(), freeze=0, screen=True, guarded=False, counts=False, old=True):
    """Per month: (centre, lower, upper, set of signals); None for a stretch without values."""
    edges = sorted({0, len(values), *rebase})
    out = []
    for start, stop in zip(edges, edges[1:], strict=False):
        out.extend(group(values[start:stop], freeze, screen, guarded, counts, old))
    return out


def group(values, freeze, screen, guarded, counts, old):
    kept = [(month, value) for month, value in enumerate(values) if value is not None]
    if not kept:
        return [(None, None, None, set())] * len(values)
    base = kept[:freeze] if freeze else kept
    mean = sum(value for _, value in base) / len(base)
    ranges = [
        abs(b - a)
        for (at, a), (then, b) in zip(base, base[1:], strict=False)
        if not guarded or then == at + 1
    ]
    half, near = width(ranges, mean, screen, guarded, counts)
    points = [value for _, value in kept]
    flagged = signals(points, mean, half, near, old)
    if guarded and half == 0:
        flagged = [set() for _ in points]
    by_month = {month: found for (month, _), found in zip(kept, flagged, strict=True)}
    return [(mean, mean - half, mean + half, by_month.get(m, set())) for m in range(len(values))]


def width(ranges, mean, screen, guarded, counts):
    average = sum(ranges) / len(ranges) if ranges else math.nan
    chosen = [one for one in ranges if one < 3.267 * average] if screen else ranges
    if guarded and (sum(chosen) == 0 or 2 * len(chosen) < len(ranges)):
        chosen = ranges
    average = sum(chosen) / len(chosen) if chosen else math.nan
    half, near = CONSTANT * average, 2 * (CONSTANT / 3) * average
    least = 3 * math.sqrt(mean) if counts and mean > 0 else 0
    if guarded and least > 0 and not half >= least:
        half, near = least, 2 * least / 3
    return half, near


def signals(points, mean, half, near, old):
    found = [set() for _ in points]
    for at, value in enumerate(points):
        if value > mean + half:
            found[at].add("UCL")
        if value < mean - half:
            found[at].add("LCL")
    runs([sign(value - mean) for value in points], found)
    trends([sign(b - a) for a, b in zip(points, points[1:], strict=False)], found)
    for name, way in (("2 high", 1), ("2 low", -1)):
        two_of_three([way * value for value in points], way * mean, half, near, old, name, found)
    return found


def runs(sides, found):
    for at in range(len(sides) - RUN + 1):
        for name, way in (("7 above", 1), ("7 below", -1)):
            if all(side == way for side in sides[at : at + RUN]):
                for member in range(at, at + RUN):
                    found[member].add(name)


def trends(steps, found):
    for at in range(len(steps) - RUN + 2):
        for name, other, way in (("up", "down", 1), ("down", "up", -1)):
            if all(step == way for step in steps[at : at + RUN - 1]):
                for member in range(at, at + RUN):
                    found[member].add(name)
                if at == 0 or steps[at - 1] != way:
                    found[at].discard(other)


def two_of_three(points, mean, half, near, old, name, found):
    for at in range(len(points) - 2):
        window = range(at, at + 3)
        beyond = [
            one
            for one in window
            if points[one] > mean + near and not (old and points[one] > mean + half)
        ]
        if all(points[one] > mean for one in window) and len(beyond) >= 2:
            for one in beyond:
                found[one].add(name)
