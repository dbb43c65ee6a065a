"""The demonstration: generated rows to a board paper, and the same on real police.uk data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regard.board.issuing import Issued, issue_performance_paper, plan_for
from regard.core.errors import NotEnoughData, NotKnown
from regard.core.figures import Figure
from regard.core.progress import Progress
from regard.examples import west_midlands_2013
from regard.papers.claims import (
    Agreement,
    Checked,
    Comparison,
    PrintedFigure,
    check_against,
    check_claims,
    load_claims,
)
from regard.papers.findings import MEANINGS
from regard.papers.writing import FORMATS
from regard.plan.enquiry import with_range
from regard.plan.loading import load
from regard.records.counting import Counter
from regard.records.imports import import_files
from regard.records.results import BatchResult
from regard.records.store import Store

EXAMPLE = Path(west_midlands_2013.__file__).parent
AS_AT = date(2014, 3, 14)  # paragraph 30 of the paper: the position is as at 14 March 2014
ROWS = "example"  # folder of a home in which the generated files are written


@dataclass(frozen=True)
class Demonstration:
    """What the West Midlands example came to.

    Attributes:
        imports: What was brought in, a batch a file.
        paper: The paper that was written.
        claims: The printed claims of the source paper, recomputed.
        comparisons: What it prints beside what was counted.
    """

    imports: tuple[BatchResult, ...]
    paper: Issued
    claims: tuple[Checked, ...]
    comparisons: tuple[Comparison, ...]

    def having(self, agreement: Agreement) -> tuple[Comparison, ...]:
        """The printed figures that agree, differ, or were not computed."""
        return tuple(one for one in self.comparisons if one.agreement is agreement)

    def said(self) -> tuple[str, ...]:
        """One screen: what the paper says, what the source prints, where the files are."""
        rows = sum(one.rows_stored for one in self.imports)
        agree, differ, without = (
            self.having(one)
            for one in (Agreement.AGREES, Agreement.DIFFERS, Agreement.NOT_COMPUTED)
        )
        lines = [
            "GENERATED EXAMPLE DATA: no row is a crime, an answer or a person.",
            f"{rows:,} rows brought in." if rows else "The rows had been brought in before.",
            "",
            *self.paper.said(),
            "",
            f"The source paper prints {len(self.comparisons)} figures that records can count: "
            f"{len(agree)} agree, {len(differ)} differ, {len(without)} were not computed.",
            *(f"  {one}" for one in (*differ, *without)),
            "",
            *claims_said(self.claims),
        ]
        return tuple(lines)


@dataclass(frozen=True)
class RealPaper:
    """A paper on real data: what was brought in, and what was written."""

    imports: BatchResult
    paper: Issued

    def said(self) -> tuple[str, ...]:
        """What was brought in and what the paper says, a line each."""
        return (*self.imports.said(), "", *self.paper.said())


def build(
    home: Path,
    *,
    formats: Sequence[str] = FORMATS,
    progress: Progress | None = None,
) -> Demonstration:
    """Generate the West Midlands rows, bring them in and write the paper of 1 April 2014.

    Built again in the same home it brings nothing in twice.

    Args:
        home: The data folder (`REGARD_HOME`).
        formats: Of `html`, `docx`, `odt` and `pdf`.
        progress: Told after each chunk of rows and each promise.
    """
    store = Store(home)
    made = west_midlands_2013.generate(home / ROWS)
    imports = tuple(
        import_files(store, [file], mapping=mapping, label=made.label, progress=progress)
        for file, mapping in made.pairs
    )
    plan = load(EXAMPLE / "plan.toml")
    paper = issue_performance_paper(home, plan, as_at=AS_AT, formats=formats, progress=progress)
    claims = load_claims(EXAMPLE / "claims.toml")
    figures = (*paper.figures(), *_asked_for(store, claims.figures))
    return Demonstration(
        imports=imports,
        paper=paper,
        claims=check_claims(claims.claims),
        comparisons=check_against(claims.figures, figures),
    )


def real_data(
    home: Path,
    folder: Path,
    *,
    area: str = "merseyside",
    as_at: date = date(2020, 12, 31),
    formats: Sequence[str] = FORMATS,
    progress: Progress | None = None,
) -> RealPaper:
    """Bring in police.uk files and write a paper that watches every category of one force.

    Args:
        home: The data folder (`REGARD_HOME`).
        folder: A police.uk file, folder or ZIP.
        area: A force by any name it goes by.
        as_at: The day to which the paper is to be true.
        formats: Of `html`, `docx`, `odt` and `pdf`.
        progress: Told after each chunk of rows and each measure.

    Raises:
        FileRefused: the files break their contract; nothing was stored.
        NotKnown: no force goes by that name.
        NotEnoughData: nothing was supplied for the area.
    """
    imports = import_files(Store(home), [folder], progress=progress)
    plan = plan_for(None, area, as_at)
    paper = issue_performance_paper(home, plan, as_at=as_at, formats=formats, progress=progress)
    return RealPaper(imports, paper)


def _asked_for(store: Store, printed: Iterable[PrintedFigure]) -> tuple[Figure, ...]:
    """What the source prints of a single month or wave, asked of the records directly."""
    found = []
    with Counter(store) as counter:
        for one in printed:
            if one.measure in counter.measures:
                try:
                    figure = counter.figure(one.measure, one.scope, one.period)
                except (NotEnoughData, NotKnown):
                    continue
                found.append(with_range(figure))
    return tuple(found)


def claims_said(claims: Sequence[Checked]) -> tuple[str, ...]:
    """How many printed claims have no fault, and which have which, a line a verdict."""
    faults = [one for one in claims if one.faults]
    lines = [
        f"It prints {len(claims)} claims that can be checked: {len(claims) - len(faults)} have no "
        f"fault."
    ]
    for verdict, words in MEANINGS.items():
        held = [
            f"{one.claim.id} ({one.claim.at})"
            for one in faults
            if any(fault.verdict is verdict for fault in one.faults)
        ]
        if held:
            lines.append(f"  {len(held)} {words[len(held) > 1]} [{verdict}]: {', '.join(held)}")
    return tuple(lines)
