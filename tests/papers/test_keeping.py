from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.sample import BURGLARY, CHANGE, CONFIDENCE, crime_chart, figure, paper, words
from regard.board.demonstration import build
from regard.core.errors import DefinitionRefused
from regard.core.figures import Figure
from regard.core.markings import OFFICIAL, Marking, Tier
from regard.core.periods import Period
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.papers import FORMATS, Chart, Column, Document, Paragraph, Row, Table, render
from regard.papers.keeping import FORM, kept, restored
from regard.papers.laying import lay

TOLD = kept(paper())

days = st.dates(date(1990, 1, 1), date(2040, 1, 1))
text = st.text(max_size=12)
numbers = st.one_of(st.integers(), st.floats(allow_nan=False))
instants = st.datetimes(
    datetime(1990, 1, 1), datetime(2040, 1, 1),  # noqa: DTZ001 - the strategy sets the zone
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]),
)  # fmt: skip
drawn = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, text),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(text, inner, max_size=3), st.tuples(inner)
    ),
    max_leaves=6,
)
OF_CLASS: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: st.integers(),
    float: numbers,
    str: text,
    date: days,
    datetime: instants,
    Period: st.tuples(days, days).map(lambda ends: Period(*sorted(ends))),
    Range: st.builds(
        lambda ends, level: Range(*sorted(ends), level),
        st.tuples(numbers, numbers),
        st.floats(0.01, 0.99),
    ),
    Marking: st.one_of(
        st.just(OFFICIAL),
        st.frozensets(text).map(lambda who: Marking(Tier.OFFICIAL_SENSITIVE, who)),
    ),
    Mapping: st.dictionaries(text, drawn, max_size=3),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Whatever the hint of a field lets stand there; a class has each of its fields filled."""
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*map(anything, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(st.deferred(lambda: anything(get_args(hint)[0])), max_size=2).map(tuple)
    if get_origin(hint) is Mapping:
        return OF_CLASS[Mapping]
    if hint not in OF_CLASS:
        OF_CLASS[hint] = st.deferred(lambda: built(hint))
    return OF_CLASS[hint]


def built(hint: Any) -> st.SearchStrategy[Any]:
    told = {name: anything(one) for name, one in get_type_hints(hint).items()}
    if hint is Figure:
        parts = st.lists(st.sampled_from([BURGLARY, CHANGE, CONFIDENCE]), max_size=2).map(tuple)
        known = st.builds(hint, **told | {"value": finite(), "parts": parts})
        return st.one_of(known, st.just(figure(None, missing="not supplied")))
    return st.builds(hint, **told)


def finite() -> st.SearchStrategy[Any]:
    whole = st.integers(-(10**12), 10**12)
    return st.one_of(whole, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.slow
@pytest.mark.law
@given(anything(Document))
@settings(max_examples=80, suppress_health_check=list(HealthCheck))
def test_any_paper_comes_back_equal_and_is_kept_in_one_way(document: Document) -> None:
    told = kept(document)

    again = restored(told)

    assert again == document
    assert kept(again) == told


def test_a_paper_with_one_of_everything_comes_back_to_be_laid_out_alike() -> None:
    again = restored(TOLD)

    assert again == paper()
    assert lay(again) == lay(paper())


def test_the_page_written_from_the_text_is_the_same_page() -> None:
    document = paper(blocks=tuple(one for one in paper().blocks if not isinstance(one, Chart))[:5])

    (page,) = render(restored(kept(document)), ["html"])

    assert page.content == render(document, ["html"])[0].content


@pytest.mark.slow
@pytest.mark.paper
def test_a_paper_with_charts_and_icons_is_written_again_in_the_same_bytes() -> None:
    document = paper(position="register position 131, head 3f9a1c2b77de")

    again = render(restored(kept(document)), FORMATS)

    assert [one.content for one in again] == [one.content for one in render(document, FORMATS)]


@pytest.mark.slow
@pytest.mark.demo
def test_the_performance_paper_of_the_example_is_kept_and_restored_within_a_second(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    document = build(tmp_path_factory.mktemp("home"), formats=()).paper.document
    start = time.perf_counter()

    told = kept(document)
    again = restored(told)

    seconds = time.perf_counter() - start
    assert again == document
    assert [one.content for one in render(again)] == [one.content for one in render(document)]
    assert seconds < 1, f"{len(told):,} letters took {seconds:.2f} s"


def test_the_text_has_sorted_keys_no_space_and_no_bare_fraction() -> None:
    told = json.loads(TOLD, parse_float=pytest.fail)

    again = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert again == TOLD
    assert told["form"] == FORM == 1


def test_each_figure_is_kept_once_under_its_name_and_is_one_figure_when_it_comes_back() -> None:
    told = json.loads(TOLD)

    again = restored(TOLD)

    change = next(one for one in again.blocks if isinstance(one, Table)).rows[0].cells[2]
    now = again.recommendations[1].text.figures[0]
    assert CHANGE.id in told["figures"]
    assert change.parts[0] is now
    assert TOLD.count(f'"{BURGLARY.id}":') == 1


@pytest.mark.parametrize("value", [62, 62.0, -0.0, 0.1, 1e20, 10**25])
def test_a_number_comes_back_as_it_was_whole_or_not(value: float) -> None:
    counted = figure(value)

    again = restored(kept(paper(blocks=(Paragraph(Statement.of("{n}.", n=counted)),))))

    (back,) = again.blocks[0].text.figures
    assert (type(back.value), repr(back.value), back.id) == (type(value), repr(value), counted.id)


def test_a_chart_keeps_the_order_of_its_specification_its_tuples_and_its_numbers() -> None:
    spec = {"z": 1, "a": [1.0, 1, True, None, (2, "two")], "m": {"y": -0.0, "b": math.inf}}
    document = paper(blocks=(replace(crime_chart(), spec=spec),))

    again = restored(kept(document))

    assert repr(again.blocks[0].spec) == repr(spec)


def test_an_instant_is_kept_in_utc() -> None:
    local = datetime(2014, 3, 20, 15, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    told = kept(paper(known_at=local))

    assert told == TOLD


def test_a_word_of_a_closed_list_is_kept_as_its_word() -> None:
    class Level(StrEnum):
        MET = "met"

    table = Table("Levels", "Threat", (Column("Level"),), (Row("Terrorism", (Level.MET,)),))

    again = restored(kept(paper(blocks=(table,))))

    assert again.blocks == (table,)


def test_a_paper_without_a_field_that_came_later_is_kept_as_before() -> None:
    told = kept(paper(position="register position 131, head 3f9a1c2b77de"))

    assert told.replace('"position":"register position 131, head 3f9a1c2b77de",', "") == TOLD


def test_no_default_of_form_1_has_changed() -> None:
    found = {
        f"{cls.__name__}.{one.name}": one.default
        for cls in classes(Document)
        for one in fields(cls)
        if one.default is not MISSING
    }

    of_words = {name for name, default in found.items() if default == ""}
    others = {name: default for name, default in found.items() if name not in of_words}
    assert {one for one in of_words if not one.endswith(".id")} == {
        "Chart.alt", "Chart.reading", "Column.unit", "Document.banner", "Document.inputs",
        "Document.position", "Document.summary", "Figure.missing", "Part.language", "Source.detail",
        "TitleBlock.agenda_item", "TitleBlock.author", "TitleBlock.lead", "TitleBlock.reference",
        "TitleBlock.report_of",
    }  # fmt: skip
    assert {name for name, default in others.items() if default is None} == {
        "Chart.note", "Chart.sheet", "Chart.table", "Document.as_at", "Document.known_at",
        "Figure.interval", "Figure.period", "Figure.places", "Part.figure", "Statement.source",
        "Table.note", "TitleBlock.marking",
    }  # fmt: skip
    assert {name: one for name, one in others.items() if one is not None and one != ()} == {
        "Column.align": "left",
        "Document.language": "en-GB",
        "Figure.signed": False,
        "Heading.level": 1,
        "Marking.need_to_know": frozenset(),
        "Marking.tier": Tier.OFFICIAL,
        "Statement.marking": OFFICIAL,
    }


def classes(cls: Any, found: dict[Any, None] | None = None) -> list[Any]:
    """Every class that a paper is made of."""
    found = {} if found is None else found
    if is_dataclass(cls) and cls not in found:
        found[cls] = None
        for hint in get_type_hints(cls).values():
            classes(hint, found)
    for inner in get_args(cls):
        classes(inner, found)
    return list(found)


def changed(**fields_of_document: Any) -> str:
    told = json.loads(TOLD)
    told["document"] |= fields_of_document
    return written(told)


def written(told: Any) -> str:
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def with_figure(name: str = BURGLARY.id, **other: Any) -> str:
    told = json.loads(TOLD)
    told["figures"][name] = told["figures"][BURGLARY.id] | other
    return written(told)


TITLE = json.loads(TOLD)["document"]["title"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("", "the kept paper cannot be read"),
        ("[" * 100_000, "the kept paper cannot be read"),
        ("[]", "kept paper is of the class list"),
        (TOLD.replace('"form":1', '"form":2'), "the kept paper has the form 2"),
        (TOLD.replace('"form":1', '"form":"1"'), "the kept paper has the form '1'"),
        (TOLD.replace('"form":1', '"form":true'), "the kept paper has the form True"),
        (TOLD.replace('"form":1', '"form":1.0'), "holds the bare number '1.0'"),
        (TOLD.replace('"form":1', '"form":NaN'), "holds the bare number 'NaN'"),
        (TOLD.replace('"form":1', '"form":1,"form":1'), "says 'form' twice"),
        (TOLD.replace('"form":1', '"form":1,"more":[]'), "holds document, figures, form, more"),
        (changed(colour="red"), "document has the field 'colour'"),
        (changed(title=None), "document.title is of the class NoneType"),
        (changed(title="words"), "document.title is text of 5 letters"),
        (changed(title={"is": "Title"}), "document.title is a 'Title'"),
        (changed(title={"is": []}), r"document.title is a \[\]"),
        (changed(title={"is": "TitleBlock"}), "document.title has no body"),
        (changed(title=TITLE | {"held_on": "1 April"}), "document.title.held_on is text"),
        (changed(title=TITLE | {"held_on": 5}), "document.title.held_on is of the class int"),
        (changed(title=TITLE | {"held_on": "20140401"}), "differs from its one way"),
        (changed(banner=""), "differs from its one way"),
        (changed(known_at="2014-03-20T09:30:00"), "without a time zone"),
        (changed(known_at="2014-03-20T10:30:00+01:00"), "differs from its one way"),
        (TOLD + " ", "differs from its one way"),
        (with_figure(value=5), f"figures.{BURGLARY.id} is f-"),
        (with_figure(value="10,461"), f"figures.{BURGLARY.id}.value is text"),
        (with_figure(value="nan"), "is nan"),
        (with_figure(parts=[{"figure": BURGLARY.id}]), f"stands on itself by {BURGLARY.id}"),
        (with_figure(parts=[{"figure": "f-0"}]), "names 'f-0', which is not there"),
        (with_figure(parts=[{"figure": 5}]), "names 5, which is not there"),
        (with_figure("f-0123456789"), "figures hold f-0123456789, which nothing names"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_kept_paper_is_refused_with_its_place(told: str, says: str) -> None:
    with pytest.raises(DefinitionRefused, match=says):
        restored(told)


@pytest.mark.parametrize(
    ("free", "says"),
    [
        ({"a": 1}, "spec holds a"),
        ({"map": [["a", {"float": "x"}]]}, "spec.a is text"),
        ({"map": [["a", {"set": []}]]}, "spec.a holds set"),
        ({"map": [["a"]]}, "holds map"),
        ({"map": [["a", 1], ["a", 2]]}, "says 'a' twice"),
        ({"map": [["a", {"map": [], "float": "1.0"}]]}, "holds float, map"),
    ],
)
def test_a_drawing_that_is_kept_in_no_way_known_is_refused(free: Any, says: str) -> None:
    blocks = json.loads(TOLD)["document"]["blocks"]
    at = next(n for n, one in enumerate(blocks) if one["is"] == "Chart")
    blocks[at]["spec"] = free

    with pytest.raises(DefinitionRefused, match=says):
        restored(changed(blocks=blocks))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"known_at": datetime(2014, 3, 20)}, "known_at is 2014-03-20 00:00:00 without"),  # noqa: DTZ001
        ({"as_at": datetime(2014, 3, 20, tzinfo=UTC)}, "as_at is of the class datetime"),
        ({"methods": ["a list"]}, "methods is of the class list"),
        ({"blocks": ("words",)}, r"blocks\[0\] is of the class str"),
        ({"banner": "half \ud800 a character"}, "holds U\\+D800"),
        ({"blocks": (replace(crime_chart(), spec={"a": math.nan}),)}, "spec.a is nan"),
        ({"blocks": (replace(crime_chart(), spec={"a": {1: 2}}),)}, "has the key 1"),
        ({"blocks": (replace(crime_chart(), spec={"a": b"x"}),)}, "spec.a is of the class bytes"),
    ],
)
def test_what_no_text_brings_back_is_not_kept(other: dict[str, Any], says: str) -> None:
    with pytest.raises(DefinitionRefused, match=says):
        kept(paper(**other))


def test_two_figures_of_one_name_are_not_kept_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Figure, "id", "f-0000000000")

    with pytest.raises(DefinitionRefused, match="shares the name f-0000000000"):
        kept(paper())


def test_a_refusal_repeats_no_words_of_the_paper() -> None:
    held = paper(blocks=(Paragraph(words("Codename ZEBRA.", "OFFICIAL-SENSITIVE: audit")),))
    told = kept(held).replace('"Codename ZEBRA."', '{"is":"Codename"}')

    with pytest.raises(DefinitionRefused) as refused:
        restored(told.replace('"is":"Paragraph"', '"is":"Paragraph","bullets":"ZEBRA"'))

    assert "ZEBRA" not in str(refused.value)


def test_every_class_of_a_paper_has_a_name_of_its_own() -> None:
    names = [cls.__name__ for cls in classes(Document)]

    assert len(names) == len(set(names))
    assert not [cls for cls in classes(Document) if issubclass(cls, Enum)]
