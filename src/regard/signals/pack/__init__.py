"""Many series at once: what stands out over a whole pack, and frames for analysts."""

from regard.signals.pack.discovery import adjusted, discoveries
from regard.signals.pack.frames import Readings, read_frame
from regard.signals.pack.tiers import (
    BACKGROUND,
    HEADLINE,
    NOT_TESTED,
    TIERS,
    WATCH,
    Family,
    Tiers,
    tiers,
)

__all__ = [
    "BACKGROUND",
    "HEADLINE",
    "NOT_TESTED",
    "TIERS",
    "WATCH",
    "Family",
    "Readings",
    "Tiers",
    "adjusted",
    "discoveries",
    "read_frame",
    "tiers",
]
