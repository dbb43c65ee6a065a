"""From a store and a plan to the files of a performance paper, in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from regard.board.performance import performance_paper
from regard.board.summary import changes_in_short, milestones_in_a_sentence, not_said
from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.progress import Progress
from regard.core.statements import Statement
from regard.papers.model import Chart, Document, Table
from regard.papers.writing import FORMATS, Written, write
from regard.plan.drafting import monitoring_plan
from regard.plan.loading import load
from regard.plan.model import Plan
from regard.plan.positions import positions
from regard.plan.standing import Positions
from regard.records.counting import Counter
from regard.records.forces import force_named
from regard.records.measures import Measure
from regard.records.store import Store
from regard.signals.methods import BY_KIND

PAPERS = "papers"  # folder of a home in which papers are written


@dataclass(frozen=True)
class Issued:
    """A performance paper that was written.

    Attributes:
        positions: Where every promise stands.
        document: The paper.
        files: Its files, one a format.
    """

    positions: Positions
    document: Document
    files: tuple[Written, ...]

    def said(self) -> tuple[str, ...]:
        """What the paper says and where it lies, a line each, for a screen."""
        held = self.positions
        lines = [self.document.title.title]
        if held.milestones:
            lines.append(str(milestones_in_a_sentence(held)))
            lines.extend(
                f"  {one.promise.title}: {one.verdict}. {one.verdict.why}"
                for one in held.milestones
                if one.verdict is not None
            )
        lines.append("What has really changed:")
        lines.extend(f"  {one}" for one in changes_in_short(held))
        lines.append("What it cannot say:")
        lines.extend(f"  {one}" for one in not_said(held))
        lines.append("Files:")
        lines.extend(f"  {one.path}" for one in self.files)
        return tuple(lines)

    def figures(self) -> tuple[Figure, ...]:
        """Every figure the paper prints or stands on, each once."""
        return figures_of(self.document, self.positions)


def plan_for(file: Path | None, area: str, as_at: date) -> Plan:
    """The plan of a file; without one, the plan that watches every police.uk category.

    Raises:
        DefinitionRefused: neither a file nor an area is given, or the file breaks the rules.
        FileUnreadable: there is no such file.
        NotKnown: no force goes by that name.
    """
    if file is not None:
        return load(file)
    if not area:
        raise DefinitionRefused(
            f"neither a plan nor an area is given for the paper as at {as_at}",
            expected="--plan FILE, or --area with a force as police.uk names it",
            next_step="regard plan draft --area AREA writes a plan to begin with",
        )
    return monitoring_plan(area.partition("/")[0], as_at)


def issue_performance_paper(
    home: Path,
    plan: Plan,
    *,
    as_at: date,
    area: str = "",
    folder: Path | None = None,
    formats: Sequence[str] = FORMATS,
    known_at: datetime | None = None,
    known: Mapping[str, Measure] | None = None,
    method: str = BY_KIND,
    progress: Progress | None = None,
) -> Issued:
    """Write the performance paper of a plan from the records of a home.

    Args:
        home: The data folder (`REGARD_HOME`).
        plan: The plan, as `plan_for` gives it.
        as_at: The day to which the paper is to be true.
        area: A force or `force/local-area`; by default the plan's own.
        folder: Where the files go; by default the home's folder `papers`.
        formats: Of `html`, `docx`, `odt` and `pdf`.
        known_at: As known at that instant; None for now.
        known: The measures that may be asked for; by default those that are shipped.
        method: How series are read: a name from `signals.METHODS`, or `by kind`.
        progress: Told after each promise.

    Raises:
        NotKnown: a measure, force, format or method that does not exist.
        NotEnoughData: no rows of the area answer any of the plan's measures.
        PaperRefused: the paper is faulty.
    """
    store = Store(home)
    with Counter(store, known_at=known_at, known=known) as counter:
        held = positions(
            plan,
            counter,
            store,
            as_at=as_at,
            area=as_police_uk_names(area),
            method=method,
            progress=progress,
        )
    document = performance_paper(held)
    name = f"performance-{held.area.replace('/', '-')}-as-at-{as_at.isoformat()}"
    files = write(document, folder or home / PAPERS, formats, name=name)
    return Issued(held, document, files)


def as_police_uk_names(area: str) -> str:
    """A force, or `force/local-area`, with the force as police.uk names it.

    Raises:
        NotKnown: no force goes by that name.
    """
    source, apart, local = area.partition("/")
    return f"{force_named(source).slug}{apart}{local}" if area else ""


def figures_of(document: Document, held: Positions) -> tuple[Figure, ...]:
    """Every figure of a paper, with those its positions hold and it does not print."""
    found: dict[str, Figure] = {}
    # The changes with their own sign come before the sizes that sentences print.
    for position in held.all:
        if position.change is not None:
            for one in (position.change.difference, position.change.percent):
                found[one.id] = one
    for words in (*document.words(), *(said for one in held.all for said in one.average)):
        if isinstance(words, Statement):
            found.update((one.id, one) for one in words.figures)
    for block in document.blocks:
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            cells = (cell for row in table.rows for cell in row.cells)
            found.update((one.id, one) for one in cells if isinstance(one, Figure))
    for share in held.shares:
        if share.divided is not None:
            found[share.divided.share_of_change.id] = share.divided.share_of_change
    return tuple(found.values())
