"""What a count is divided or weighed by: residents, and the weights of offences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from regard.core.errors import NotEnoughData
from regard.core.periods import FinancialYear, Month

MID_YEAR = 6  # ONS population estimates are of 30 June
Edition = str


@dataclass(frozen=True)
class Estimate:
    """Usual residents of an area at the middle of a year, in persons.

    Attributes:
        source, month: The area, and June of the year.
        persons: Usual residents.
        edition: Which publication; empty if none is stated.
        import_number: The import it came by; 0 if an analyst brought it.
    """

    source: str
    month: Month
    persons: int
    edition: str = ""
    import_number: int = 0

    def __str__(self) -> str:
        edition = f"edition {self.edition}" if self.edition else "edition not stated"
        return f"{self.persons:,} residents, mid-{self.month.year}, {edition}"


class Residents:
    """Mid-year estimates of residents, and the rule which of them a rate uses.

    The rule: the estimate of 30 June in the financial year in which the period starts. Until
    that one is brought in, the latest before it stands in for it, and the source of the
    figure says which year it is. A later one is never used.
    """

    def __init__(self, estimates: Iterable[Estimate]) -> None:
        self._of: dict[str, dict[Month, Estimate]] = {}
        for one in estimates:
            kept = self._of.setdefault(one.source, {})
            held = kept.get(one.month)
            # Of several editions brought in for one year, the last by name is the latest.
            if held is None or (held.edition, held.import_number) <= (
                one.edition,
                one.import_number,
            ):
                kept[one.month] = one

    def at(self, source: str, month: Month) -> Estimate | None:
        """The estimate that a period uses which starts in that month; None if there is none."""
        wanted = Month(FinancialYear.of(month.start).first_year, MID_YEAR)
        known = [one for at, one in self._of.get(source, {}).items() if at <= wanted]
        return max(known, key=lambda one: one.month) if known else None

    def why_not(self, source: str, month: Month) -> str:
        """Why there is no estimate for a period that starts in that month."""
        year = FinancialYear.of(month.start).first_year
        if source not in self._of:
            return f"no number of residents was brought in for {source}"
        return f"no number of residents of {source} for mid-{year} or earlier was brought in"


@dataclass(frozen=True)
class Weights:
    """The severity weight of an offence code, in points an offence, of one edition.

    Attributes:
        edition: Which edition.
        by_code: Points by offence code.
        imports: The imports they came by.
    """

    edition: str
    by_code: dict[str, float]
    imports: tuple[int, ...] = ()


def latest_weights(rows: Iterable[tuple[str, float, Edition, int]]) -> Weights:
    """The weights of the latest edition, which is the last by name.

    Args:
        rows: Offence code, points, edition and import number.

    Raises:
        NotEnoughData: there are no weights, or the edition gives a code two weights.
    """
    held = list(rows)
    if not held:
        raise NotEnoughData(
            "no weights of offences have been brought in, so nothing can be weighed",
            expected="rows of the dataset severity",
            next_step="regard records import, with the Crime Severity weights",
        )
    edition = max(one[2] for one in held)
    by_code: dict[str, float] = {}
    for code, weight, of, _ in held:
        if of != edition:
            continue
        if by_code.setdefault(code, weight) != weight:
            raise NotEnoughData(
                f"edition {edition} gives the offence {code} the weights {by_code[code]} "
                f"and {weight}",
                expected="one weight for each offence code",
                next_step="withdraw the import that is wrong",
            )
    numbers = sorted({one[3] for one in held if one[2] == edition})
    return Weights(edition, by_code, tuple(numbers))
