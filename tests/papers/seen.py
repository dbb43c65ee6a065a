"""Colours as they are seen: in grey, and by readers who do not tell red from green."""

from __future__ import annotations

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
WITHOUT = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}


def linear(colour: str) -> tuple[float, ...]:
    """A colour such as `#0072b2` in linear light, 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)


def seen(colour: str, reader: str = "") -> tuple[float, ...]:
    """The same as a reader sees it; nobody named sees it in full colour."""
    light = linear(colour)
    if not reader:
        return light
    return tuple(
        min(1.0, max(0.0, sum(weight * one for weight, one in zip(row, light, strict=True))))
        for row in WITHOUT[reader]
    )


def luminance(light: tuple[float, ...]) -> float:
    """Relative luminance (WCAG 2.2), which is also how bright a grey print is."""
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), light, strict=True))


def contrast(one: str, other: str, reader: str = "") -> float:
    """The contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted(luminance(seen(colour, reader)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)
