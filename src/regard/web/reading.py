"""A paper as a page of the site shows it: laid out once, in the numbers of every other format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from regard.core.errors import NotKnown
from regard.core.markings import OFFICIAL, Marking
from regard.papers.laying import lay
from regard.papers.layout import Laid, LaidBlock, LaidHeading, Runs
from regard.papers.model import Document
from regard.papers.pictures import draw
from regard.papers.web_page import blocks_on_screen


@dataclass(frozen=True)
class Reading:
    """A paper laid out for a page.

    Attributes:
        paper: The paper.
    """

    paper: Document

    @cached_property
    def laid(self) -> Laid:
        """Its layout: every paragraph, table and figure under the number it has in each format."""
        return lay(self.paper)

    @property
    def blocks(self) -> list[LaidBlock]:
        """What the page shows, in order of reading."""
        return blocks_on_screen(self.laid)

    @property
    def contents(self) -> list[tuple[str, Runs]]:
        """The headings of the first level: anchor and words."""
        return [
            (one.anchor, one.runs)
            for one in self.blocks
            if isinstance(one, LaidHeading) and one.level == 1
        ]

    @property
    def marking(self) -> Marking:
        """How closely it is held."""
        return self.paper.marking

    @property
    def is_close(self) -> bool:
        """Whether it is held more closely than OFFICIAL."""
        return self.marking != OFFICIAL

    def chart(self, number: int) -> bytes:
        """The picture of a chart as SVG.

        Raises:
            NotKnown: the paper has no such chart.
            PaperRefused: it cannot be drawn.
        """
        wanted = [one for one in self.laid.charts if one.number == number]
        if not wanted:
            raise NotKnown("chart of the paper", str(number), [])
        return draw(wanted, ("svg",)).svg[number]
