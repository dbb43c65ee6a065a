from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.reading_back import READERS, squeezed
from papers.sample import crime_chart, figure, paper, words
from regard.core.errors import DefinitionRefused, PaperRefused
from regard.core.figures import Source, derived
from regard.core.markings import OFFICIAL, Marking
from regard.core.statements import Statement
from regard.papers import (
    FORMATS,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    Implication,
    Missing,
    Note,
    Paragraph,
    Recommendation,
    Recommended,
    Row,
    Table,
    Withheld,
    render,
)
from regard.papers.keeping import kept, restored
from regard.papers.laying import lay
from regard.papers.layout import LaidNote, LaidParagraph, LaidRecommendation, LaidTable, plain
from regard.papers.redacting import Redaction, public

HELD = Marking.parse("OFFICIAL-SENSITIVE: armed policing")
GROUND = "Freedom of Information Act 2000, section 31(1)(a)"
BY = "Assistant Chief Constable (Security)"
UNTIL = date(2015, 3, 31)
CHALLENGE = "write to the Chief Executive of the governing body within 20 working days"

HIDDEN = figure(
    7_391,
    unit="okapi officers",
    measure="quokka-measure",
    basis="numbat basis",
    method="dugong method 7",
    sources=(Source("rows", "import 9: gerenuk.csv", "88 rows where saola is 1"),),
)
WANTED = figure(8_000, unit="okapi officers", measure="wanted", sources=())
SHORT = derived((WANTED, HIDDEN), value=-609, unit="officers", method="shortfall 1")
SHORT = replace(SHORT, sources=(Source("figures", "shortfall 1", "8,000 wanted, 7,391 held"),))
RATIO = derived((SHORT, WANTED), value=-7.6, unit="%", method="ratio 1")


def held(text: str) -> Statement:
    return replace(
        words(text), marking=HELD, source=Source("said", "Kakapo board, 4 May 2013", "item 2")
    )


COUNTED = Statement.of("The force holds {n} where the narwhal is.", n=HIDDEN, marking=HELD)
CELL = held("A single pangolin exercise")
ROW = held("Axolotl teams on call")
CAPTION = held("Caption of the fossa table")
READING = held("Tarsier exercises have become fewer")


def withheld_chart() -> Chart:
    chart = crime_chart()
    spec = {**chart.spec, "description": "drawn of the tarsier-data"}
    return replace(chart, spec=spec, reading=READING, alt="A line of tarsier exercises that falls.")


def whole() -> Document:
    """A paper with withheld words in every kind of place."""
    return paper(
        purpose=(
            Paragraph(words("This report is about armed policing.")),
            Paragraph(held("Its zorilla purpose is not for everybody."), id="zorilla-purpose"),
        ),
        blocks=(
            Heading(held("Markhor under pressure"), id="markhor-heading"),
            Note(held("Lead for the kinkajou: a post.")),
            Paragraph(COUNTED, (held("The bilby bullet is one."), words("An open bullet."))),
            Paragraph(
                Statement.of("The force is {n} short of the requirement.", n=SHORT), (), "open"
            ),
            Paragraph("Text of a plain binturong, marked by nobody.", ("a potoo",), "binturong"),
            Bullets((held("A coelacanth in a list"), words("An open item in a list"))),
            Table(
                CAPTION,
                "Team",
                (Column("Now"), Column("Then")),
                (Row(ROW, (CELL, WANTED)), Row("Others", (words("An open cell"), Missing("no")))),
                "An open note of the table.",
                "teams",
            ),
            Table("Margay numbers", "Margay", (Column("Now"),), (Row("Serow", (HIDDEN,)),)),
            withheld_chart(),
            Table("The last table", "Kind", (Column("Now"),), (Row("Shortfall", (SHORT,)),)),
            crime_chart(named="open-chart"),
            Recommended("marmot"),
            Paragraph("The last paragraph of the body."),
        ),
        recommendations=(
            Recommendation("marmot", held("The Board buys the marmot.")),
            Recommendation("note", words("The Board notes the paper.")),
        ),
        implications=(Implication("Legal", (Paragraph(held("The serval clause applies.")),)),),
        sources=(
            Source("said", "Kakapo board, 4 May 2013"),
            Source("rows", "import 9: gerenuk.csv"),
            Source("printed", "Police and Crime Plan 2013/14"),
        ),
        methods=("dugong method 7", "shortfall 1"),
    )  # fmt: skip


ITEMS = (
    "paragraph-2",
    "markhor-heading",
    "note-1",
    COUNTED,
    held("The bilby bullet is one."),
    "binturong",
    held("A coelacanth in a list"),
    CELL,
    ROW,
    CAPTION,
    "table-2",
    READING,
    "recommendation-1",
    held("The serval clause applies."),
)
# What nobody may find: words, ids, names of figures and of their sources, in whatever place.
CANARIES = (
    "zorilla", "markhor", "kinkajou", "narwhal", "bilby", "binturong", "potoo", "coelacanth",
    "pangolin", "axolotl", "fossa", "tarsier", "margay", "serow", "marmot", "serval", "7,391",
    "quokka", "numbat", "dugong", "gerenuk", "saola", "kakapo",
)  # fmt: skip


def redaction(item: Statement | str, **other: object) -> Redaction:
    told = {"ground": GROUND, "by": BY, "until": UNTIL, "challenge": CHALLENGE}
    return Redaction(item, **(told | other))


def redactions() -> tuple[Redaction, ...]:
    return tuple(map(redaction, ITEMS))


def everything(content: bytes, name: str) -> str:
    """All that a file holds, unpacked: words, metadata, alternative text, names of its parts."""
    told = [READERS[name](content)]
    if name == "html":
        told.append(content.decode())
    elif name == "pdf":
        with pikepdf.open(io.BytesIO(content)) as opened:
            told.extend(_of_pdf(opened))
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told.extend(one + archive.read(one).decode("latin-1") for one in archive.namelist())
    return squeezed(" ".join(told)).casefold()


def _of_pdf(opened: pikepdf.Pdf) -> Iterator[str]:
    for one in opened.objects:
        if isinstance(one, pikepdf.Stream):
            yield one.read_bytes().decode("latin-1")
            yield str(dict(one.items()))
        yield from _strings(one)
    yield str(opened.docinfo)


def _strings(one: pikepdf.Object) -> Iterator[str]:
    if isinstance(one, pikepdf.String):
        yield str(one)
    elif isinstance(one, pikepdf.Dictionary):
        for key, value in one.items():
            yield key
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)


@pytest.fixture(scope="module")
def version() -> Document:
    return public(whole(), redactions(), to=OFFICIAL)


@pytest.fixture(scope="module")
def written(version: Document) -> dict[str, str]:
    return {one.format: everything(one.content, one.format) for one in render(version)}


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_withheld_is_in_any_byte_of_the_version(name: str, written: dict[str, str]) -> None:
    found = [one for one in CANARIES if one in written[name]]

    assert found == []


@pytest.mark.slow
@pytest.mark.paper
def test_everything_withheld_is_found_in_the_whole_paper_by_the_same_search() -> None:
    found = {
        one.format: {word for word in CANARIES if word in everything(one.content, one.format)}
        for one in render(whole())
    }

    assert {name: set(CANARIES) - words for name, words in found.items()} == dict.fromkeys(
        FORMATS, set()
    )


def test_nothing_withheld_is_in_the_text_by_which_the_version_is_kept(version: Document) -> None:
    told = kept(version)

    assert [one for one in CANARIES if one in told.casefold()] == []
    assert restored(told) == version


@pytest.mark.parametrize("name", FORMATS)
def test_each_line_says_why_by_whom_until_when_and_how_to_challenge(
    name: str, written: dict[str, str]
) -> None:
    line = squeezed(
        f"Withheld until 31 March 2015. Ground: {GROUND}. Decided by: {BY}. "
        f"How to challenge it: {CHALLENGE}."
    ).casefold()

    # A caption, a header and a cell of one table share a line; a recommendation stands thrice.
    assert written[name].count(line) >= len(ITEMS) - 2 + 2
    assert "official-sensitive" not in written[name]


def numbered(document: Document) -> list[tuple[str, str]]:
    """What the reader sees numbered: paragraphs, recommendations, tables and charts."""
    told = []
    for block in lay(document).blocks:
        match block:
            case LaidParagraph():
                told.append((f"{block.number}.", plain(block.runs)))
            case LaidRecommendation():
                told.append((f"Recommendation {block.number}", plain(block.runs)))
            case LaidTable() if not block.label.startswith("Data"):
                told.append((block.label, plain(block.caption)))
            case LaidNote() if found := re.match(r"(Table|Chart) \d", plain(block.runs)):
                told.append((found[0], plain(block.runs)))
    return told


def test_paragraphs_tables_and_recommendations_keep_their_numbers(version: Document) -> None:
    before = [one for one in numbered(whole()) if one[0][0] != "C"]
    after = [one for one in numbered(version) if one[0][0] != "C"]

    same = [one[1] for one, other in zip(before, after, strict=True) if one == other]

    assert [one for one, _ in before] == [one for one, _ in after]
    assert same == [
        "This report is about armed policing.",
        "The Board notes the paper.",
        "The force is −609 officers short of the requirement.",
        "The last table",
        "The last paragraph of the body.",
        "The Board notes the paper.",
    ]


def test_charts_keep_their_numbers(version: Document) -> None:
    laid = lay(version)

    assert [one.label for one in laid.charts] == ["Chart 2"]
    assert [number for number, _ in numbered(version) if number[0] == "C"] == ["Chart 1"]
    assert [type(one) for one in version.blocks].count(Withheld) == 2


def test_a_table_says_below_it_what_is_withheld_in_it(version: Document) -> None:
    table = next(one for one in version.blocks if isinstance(one, Table))

    assert table.caption == "Withheld"
    assert [row.header for row in table.rows] == ["Withheld", "Others"]
    assert table.rows[0].cells == (Missing("withheld, see below"), WANTED)
    assert str(table.note) == f"An open note of the table. {redaction(CELL).line}"


def test_a_withheld_heading_is_short_and_its_line_stands_below(version: Document) -> None:
    assert version.blocks[:2] == (Heading("Withheld"), Note(redaction("").line))


def test_the_version_is_marked_as_it_may_be_held(version: Document) -> None:
    assert whole().marking == HELD
    assert version.marking == version.title.marking == OFFICIAL


def test_the_trace_of_an_open_figure_ends_before_a_withheld_one(version: Document) -> None:
    entries = {one.value: one for one in lay(version).entries}

    told = entries["−609 officers"].said

    assert set(entries) == {"8,000 okapi officers", "−609 officers"}
    assert "shortfall 1" in told
    assert "Computed from" not in told
    assert "figures that are withheld" in str(lay(version).keys)


def test_a_figure_further_up_keeps_the_part_of_its_trace_that_is_open() -> None:
    ratio = Paragraph(Statement.of("That is {n} of it.", n=RATIO))
    document = paper(blocks=(Paragraph(COUNTED), ratio), recommendations=())

    made = public(document, (redaction(COUNTED),), to=OFFICIAL)

    (said,) = made.blocks[1].text.figures
    assert [one.parts for one in said.parts] == [(), ()]
    assert said.parts[1] == WANTED
    assert said.parts[0].value == SHORT.value
    assert "7,391" not in kept(made)


def test_a_figure_that_the_paper_says_openly_is_no_secret() -> None:
    openly = Paragraph(Statement.of("There are {n}, and {m} short.", n=HIDDEN, m=SHORT))
    document = paper(blocks=(Paragraph(COUNTED), openly), recommendations=())

    made = public(document, (redaction(COUNTED),), to=OFFICIAL)

    assert made.blocks[1] == openly


def test_a_withheld_figure_printed_otherwise_is_the_same_secret() -> None:
    gap = derived((HIDDEN.printed(places=2, signed=True),), value=1, unit="gap", method="gap 1")
    document = paper(
        blocks=(Paragraph(COUNTED), Paragraph(Statement.of("{n}.", n=gap))), recommendations=()
    )

    made = public(document, (redaction(COUNTED),), to=OFFICIAL)

    assert made.blocks[1].text.figures[0].parts == ()


def test_sources_and_methods_of_withheld_words_alone_are_not_listed(version: Document) -> None:
    assert [one.reference for one in version.sources] == ["Police and Crime Plan 2013/14"]
    assert version.methods == ("shortfall 1",)


def test_a_source_that_an_open_figure_has_a_place_in_is_listed() -> None:
    place = Source("rows", "import 9: gerenuk.csv, row 5")
    openly = Statement.of("{n}.", n=figure(5, sources=(place,)))
    document = replace(whole(), blocks=(*whole().blocks, Paragraph(openly)))

    made = public(document, redactions(), to=OFFICIAL)

    assert "import 9: gerenuk.csv" in [one.reference for one in made.sources]


PLACES = {
    "paragraph-2": "paragraph 2: held as",
    "markhor-heading": "heading 1 of the body: held as",
    "note-1": "line 1 without a number: held as",
    COUNTED: "paragraph 3: held as",
    ITEMS[4]: "paragraph 3, bullet 1: held as",
    ITEMS[6]: "list 1, item 1: held as",
    CELL: "table 1, row 1: held as",
    ROW: "table 1, row 1, header: held as",
    CAPTION: "table 1, caption: held as",
    READING: "chart 1: held as",
    "recommendation-1": "recommendation 1: held as",
    ITEMS[13]: "paragraph 7: held as",
}


@pytest.mark.parametrize("item", PLACES, ids=range(len(PLACES)))
def test_what_is_held_too_closely_and_not_withheld_is_refused_by_its_place_alone(
    item: Statement | str,
) -> None:
    others = tuple(one for one in redactions() if one.item != item)

    with pytest.raises(PaperRefused) as refused:
        public(whole(), others, to=OFFICIAL)

    told = str(refused.value)
    assert "1 problem\n" in told
    assert f"  {PLACES[item]} {HELD}, and no redaction covers it" in told
    assert [one for one in CANARIES if one in told.casefold()] == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (redaction("nowhere"), "redaction 15: 'nowhere' is not in the paper"),
        (redaction(words("Said by nobody.")), "redaction 15: its statement is not in the paper"),
        (redaction(""), "redaction 15: '' is not in the paper"),
        (redaction("teams", until=date(2014, 3, 31)), "its ground lapsed on 2014-03-31"),
        (redaction("binturong"), "redaction 15: 'binturong' is withheld twice"),
        (redaction("open", ground=f"{COUNTED}"), r"blocks\[4\].text: says words that are withheld"),
    ],
)
def test_a_redaction_that_cannot_stand_is_refused(more: Redaction, says: str) -> None:
    with pytest.raises(PaperRefused, match=says):
        public(whole(), (*redactions(), more), to=OFFICIAL)


def test_an_id_of_two_things_is_refused() -> None:
    document = paper(blocks=(Paragraph("A paragraph.", (), "note"), Recommended("burglary")))

    with pytest.raises(PaperRefused, match="'note' is the id of 2 things"):
        public(document, (redaction("note"),), to=OFFICIAL)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (
            {"summary": "We said: the bilby BULLET  is one."},
            "summary: says words that are withheld",
        ),
        ({"banner": "Text of a plain binturong, marked by nobody."}, "banner: says"),
        ({"methods": ("The Board buys the marmot.",)}, r"methods\[0\]: says"),
        ({"position": "Lead for the kinkajou: a post."}, "position: says"),
    ],
)
def test_withheld_words_said_where_no_marking_can_stand_are_refused(
    other: dict[str, object], says: str
) -> None:
    with pytest.raises(PaperRefused, match=says) as refused:
        public(replace(whole(), **other), redactions(), to=OFFICIAL)

    assert [one for one in CANARIES if one in str(refused.value).casefold()] == []


def test_withheld_words_in_the_data_of_an_open_chart_are_refused() -> None:
    chart = crime_chart()
    spec = {**chart.spec, "datasets": {"rows": [{"told": "the bilby bullet is one."}]}}
    document = replace(whole(), blocks=(*whole().blocks, replace(chart, spec=spec, id="more")))

    with pytest.raises(PaperRefused, match=r"spec\.datasets\.rows\[0\]\.told: says words"):
        public(document, redactions(), to=OFFICIAL)


def test_words_held_too_closely_are_refused_where_they_are_said_again_as_open() -> None:
    again = Paragraph(words(f"As said: {COUNTED}"))
    document = replace(whole(), blocks=(*whole().blocks, again))

    with pytest.raises(PaperRefused, match=r"blocks\[14\]\.text: says words that are withheld"):
        public(document, redactions(), to=OFFICIAL)


def test_an_open_sentence_may_be_said_in_another_paragraph_than_the_withheld_one() -> None:
    sentence = words("Nothing has changed since the last paper.")
    document = paper(blocks=(Paragraph(sentence, (), "one"), Paragraph(sentence, (), "other")))
    document = replace(document, recommendations=())

    made = public(document, (redaction("one"),), to=OFFICIAL)

    assert [one.text for one in made.blocks] == [redaction("one").line, sentence]


def test_labels_of_a_withheld_table_are_anybodys_and_its_caption_is_not() -> None:
    row = Row("Ways of putting it shortly", (words("Can no longer be met"),))
    gone = Table(
        words("Verdicts of the year so far"), "Kind", (Column("Verdict"),), (row,), None, "t"
    )
    said = paper(blocks=(gone,), recommendations=(), banner="They can no longer be met.")

    made = public(said, (redaction("t"),), to=OFFICIAL)

    assert made.blocks == (Withheld("table", redaction("t").line),)
    with pytest.raises(PaperRefused, match="banner: says"):
        public(replace(said, banner="Verdicts of the year so far"), (redaction("t"),), to=OFFICIAL)


def test_a_statement_is_withheld_wherever_it_is_said() -> None:
    document = paper(blocks=(Paragraph(COUNTED), Bullets((COUNTED,))), recommendations=())

    made = public(document, (redaction(COUNTED),), to=OFFICIAL)

    line = redaction(COUNTED).line
    assert made.blocks == (Paragraph(line), Bullets((line,)))


def test_the_version_for_who_needs_to_know_keeps_what_they_may_read() -> None:
    more = Marking.parse("OFFICIAL-SENSITIVE: armed policing, audit")
    document = paper(
        blocks=(Paragraph(COUNTED), Paragraph(words("For audit too.", str(more)), (), "audit")),
        recommendations=(),
    )

    made = public(document, (redaction("audit"),), to=HELD)

    assert made.blocks == (Paragraph(COUNTED), Paragraph(redaction("audit").line))
    assert made.marking == HELD


def test_a_version_can_be_made_of_a_version(version: Document) -> None:
    again = public(version, (redaction("open"),), to=OFFICIAL)

    assert public(version, (), to=OFFICIAL) == version
    assert [number for number, _ in numbered(again)] == [number for number, _ in numbered(version)]


@pytest.mark.parametrize("name", ["ground", "by", "challenge"])
def test_a_redaction_gives_all_four_facts(name: str) -> None:
    with pytest.raises(DefinitionRefused, match=f"does not say its {name}"):
        redaction("open", **{name: " "})


def test_a_ground_holds_to_its_last_day() -> None:
    one = redaction("open")

    assert one.in_force_on(UNTIL)
    assert not one.in_force_on(UNTIL + timedelta(days=1))


BLOCKS = {
    "paragraph": lambda one, other: Paragraph(one, (other,)),
    "note": lambda one, other: Note(one),
    "bullets": lambda one, other: Bullets((one, other)),
    "heading": lambda one, other: Heading(one),
    "table": lambda one, other: Table(one, "T", (Column("C"),), (Row("r", (other,)),), one),
    "chart": lambda one, other: replace(crime_chart(months=31), reading=one, note=other),
}


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(BLOCKS)), st.booleans(), st.booleans(), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_whatever_is_withheld_the_rest_stays_under_its_number(
    made_of: list[tuple[str, bool, bool, bool]],
) -> None:
    said: list[Statement] = []

    def one(secret: bool) -> Statement:
        number = figure(10_000 + len(said), method=f"method-{len(said)} of the canary")
        marking = HELD if secret else OFFICIAL
        told = f"canary-{'x' * len(said)} says {{n}} of it."
        said.append(Statement.of(told, n=number, marking=marking))
        return said[-1]

    blocks = tuple(BLOCKS[kind](one(a), one(b)) for kind, a, b, _ in made_of)
    end = Paragraph(one(secret=False))
    document = paper(blocks=(*blocks, end), recommendations=())
    secret = [text for text in said if text.marking == HELD and text in set(document.words())]

    made = public(document, tuple(map(redaction, secret)), to=OFFICIAL)

    told = kept(made)
    assert not [text for text in secret if str(text) in told or text.figures[0].id in told]
    assert made.marking == OFFICIAL
    assert numbered(made)[-4] == numbered(document)[-4]
    assert [one for one, _ in numbered(made) if one[0] != "C"] == [
        one for one, _ in numbered(document) if one[0] != "C"
    ]
