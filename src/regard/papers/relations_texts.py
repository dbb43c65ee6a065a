"""How a paper's lists, notes and recommendations hang together as they are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from regard.core.errors import DefinitionRefused, shown
from regard.papers.findings import Finding, Given, Relation, Verdict
from regard.papers.listed import passage
from regard.papers.printed import Rounded

_RECOMMENDED = re.compile(r"Recommendation (\d+): +(.+)")
_NOTES = re.compile(r"^ {40,}$(.*?)(?=^\s*\d{1,3}\. |\Z)", re.MULTILINE | re.DOTALL)
_NOTE = re.compile(r"^ ?(\d{1,2})(?=\s)", re.MULTILINE)
_ALONE = re.compile(r"^\s*(\d{1,3})\s*$", re.MULTILINE)
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "*": ""})
_MARKS = {"mark", "after", "before"}


def recommendations(text: str) -> tuple[tuple[int, str], ...]:
    """Every recommendation as it is printed, with its number, copies included.

    Quotation marks, dashes and marks of emphasis are brought to one form.
    """
    return tuple(
        (int(number), " ".join(words.translate(_ALIKE).split()))
        for number, words in _RECOMMENDED.findall(text)
    )


def notes(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of the foot notes, and numbers that stand alone on a line outside them.

    Foot notes stand below a rule of blanks; a number alone elsewhere is a page's.
    """
    below = _NOTES.findall(text)
    return (
        tuple(int(number) for held in below for number in _NOTE.findall(held)),
        tuple(int(number) for number in _ALONE.findall(_NOTES.sub("", text))),
    )


def _marks(given: Given) -> int | None:
    """How many marks the text sets before the items, if both are at hand."""
    told = given.inputs.get("marks")
    if told is None or given.text is None:
        return None
    if not isinstance(told, Mapping) or set(told) != _MARKS:
        raise DefinitionRefused(
            f"{given.place}: marks is {shown(told)}", expected="mark, after and before"
        )
    return passage(given.text, told["after"], told["before"]).count(told["mark"])


def _listed(given: Given) -> Finding:
    items, marks = given.items(), _marks(given)
    found = len(items)
    twice = sorted({one for one in items if items.count(one) > 1})
    announced = not given.has("printed") or given.printed("printed").prints(found)
    agrees = announced and marks in (None, found)
    says = f"{found} listed" + (f"; twice: {', '.join(twice)}" if twice else "")
    if given.has("printed"):
        says = f"{given.printed('printed')} announced, {says}"
    if marks is not None:
        says += f", {marks} marked"
    verdict = Verdict.X if twice else Verdict.OK
    return given.found(verdict if agrees else Verdict.BAD, says, Rounded.exact(found))


def _numbered_notes(given: Given) -> Finding:
    held = tuple(int(one.value) for one in given.numbers("notes"))
    alone = tuple(int(one.value) for one in given.numbers("alone"))
    if given.text is not None:
        held, alone = notes(given.text)
    whole = held == tuple(range(1, len(held) + 1))
    stray = f"; {', '.join(map(str, alone))} stands alone in the text" if alone else ""
    return given.found(
        Verdict.OK if whole else Verdict.BAD,
        f"{len(held)} notes, numbered {'without a gap' if whole else 'with gaps'}{stray}",
        Rounded.exact(len(held)),
        alone=len(alone),
    )


def _in_file(given: Given) -> tuple[tuple[int, str], ...]:
    """The recommendations of the claims file, each as often as it is said to be printed."""
    copies = int(given.number("copies").value)
    return tuple(enumerate(given.items(), start=1)) * copies


def _alike_copies(given: Given) -> Finding:
    held = recommendations(given.text) if given.text is not None else _in_file(given)
    printed, copies = given.printed("printed"), given.number("copies").value
    numbers = sorted({number for number, _ in held})
    often = {number: sum(one == number for one, _ in held) for number in numbers}
    differ = [
        number for number in numbers if len({said for one, said in held if one == number}) > 1
    ]
    times = " or ".join(str(one) for one in sorted(set(often.values())))
    agrees = printed.prints(len(numbers)) and set(often.values()) == {copies} and not differ
    alike = f"{', '.join(map(str, differ))} differ" if differ else "all alike"
    return given.found(
        Verdict.OK if agrees else Verdict.BAD,
        f"{len(numbers)} recommendations, printed {times or 'no'} times, {alike}",
        Rounded.exact(len(numbers)),
        copies=min(often.values(), default=0),
    )


def _none_about(given: Given) -> Finding:
    subject = given.words("subject")
    items = given.items()
    if given.text is not None:
        items = tuple(dict.fromkeys(words for _, words in recommendations(given.text)))
    about = [one for one in items if subject.casefold() in one.casefold()]
    return given.found(
        Verdict.BAD if about else Verdict.OK,
        f"{len(about)} of {len(items)} are about {subject}",
        Rounded.exact(len(about)),
    )


def _only_refers(given: Given) -> Finding:
    """A section that names another passage says as much as that passage does."""
    section, words = given.words("section"), given.words("refers_to")
    numbers = re.findall(r"\d[\d,.]*", words)
    return given.found(
        Verdict.OK if numbers else Verdict.ND,
        f"the section says “{section}”, which prints {len(numbers)} numbers",
        Rounded.exact(len(numbers)),
    )


OF_TEXTS = (
    Relation("listed", "A list holds as many items as are marked or announced, none twice.",
             ("items",), ("listing", "marks", "printed"), _listed),
    Relation("numbered-notes", "Notes are numbered without a gap.",
             ("notes", "alone"), (), _numbered_notes),
    Relation("alike-copies", "Recommendations are alike wherever they are printed again.",
             ("printed", "copies", "items"), (), _alike_copies),
    Relation("none-about", "No recommendation is about the subject.",
             ("subject", "items"), (), _none_about),
    Relation("only-refers", "A section that only refers elsewhere finds its numbers there.",
             ("section", "refers_to"), (), _only_refers),
)  # fmt: skip
