from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import odfdo
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.reading_back import READERS, part, squeezed
from papers.sample import BURGLARY, figure, paper, recommendations, words
from regard.core.errors import NotKnown, PaperRefused
from regard.core.quantities import Range
from regard.core.statements import Statement
from regard.papers import (
    FORMATS,
    Bullets,
    Column,
    Contact,
    Document,
    Heading,
    Implication,
    Note,
    Paragraph,
    Recommendation,
    Recommended,
    Rendered,
    Row,
    Table,
    TitleBlock,
    render,
    write,
)
from regard.papers.characters import fit_line
from regard.papers.laying import lay
from regard.papers.layout import LaidChart, LaidEntries, LaidParagraph, LaidTable, plain

# Words that some engine of the four would run, follow or be broken by, were they not data.
HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.2.0": *',
    '#image("http://127.0.0.1:9/x.png")',
    '#plugin("/etc/passwd")',
    '#eval("1+1") $ x^2 $ *bold* _it_ `raw` @ref <label> = heading // no comment',
    "\\u{41} \\ \\n /* kept */ ~ -- --- ...",
    "{{ 7 * 7 }} {% for x in y %} {# gone? #} {{ ''.__class__.__mro__ }}",
    "<script>alert(1)</script> <b>not bold</b> &amp; &lt; <!-- kept -->",
    "]]> <![CDATA[ x ]]> <?xml version='1.0'?> <!DOCTYPE a>",
    "'; DROP TABLE paper; -- \" ' `",
    "${HOME} $(id) %s %(x)s {0} {x!r}",
    "=1+1 +1 -1 @SUM(A1) |cmd",
    "1. a list? - no; # nor a heading",
)


def saying(text: str) -> Document:
    """A paper with the same words in every place that holds words."""
    told = words(text)
    one = Column(text, text)
    return paper(
        title=TitleBlock(text, paper().title.held_on, text, text, text, text, text, text),
        purpose=(Paragraph(told),),
        blocks=(
            Heading(told),
            Paragraph(told, (told,)),
            Note(told),
            Bullets((told,)),
            Table(told, text, (one,), (Row(told, (told,)),), told),
            Recommended("one"),
            Paragraph(Statement.of("Counted: {n}.", n=figure(3, measure=text, scope=text))),
        ),
        recommendations=(Recommendation("one", told),),
        implications=(Implication(text, (Paragraph(told),)),),
        contacts=(Contact(text, text),),
        methods=(text,),
        inputs=text,
        banner=text,
        summary=text,
    )


@pytest.fixture(scope="module")
def rendered() -> dict[str, Rendered]:
    return {one.format: one for one in render(paper())}


@pytest.fixture(scope="module")
def read_back(rendered: dict[str, Rendered]) -> dict[str, str]:
    return {name: READERS[name](one.content) for name, one in rendered.items()}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_come_out_as_words(name: str, text: str) -> None:
    (one,) = render(saying(text), [name])

    told = squeezed(READERS[name](one.content))

    # Title, purpose, front, heading, paragraph, bullet... and never less.
    assert told.count(squeezed(text)) >= 15


@pytest.mark.slow
@pytest.mark.law
@given(st.text(min_size=1, max_size=60).filter(lambda text: fit_line(text)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_words_come_back_out_of_the_page_and_both_documents(text: str) -> None:
    for one in render(saying(text), ["html", "docx", "odt"]):
        told = squeezed(READERS[one.format](one.content))

        assert told.count(squeezed(fit_line(text))) >= 15


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "café Ŵyth £5 ½ ≥ 3 − “quoted” Ελλάς Москва",
            "café Ŵyth £5 ½ ≥ 3 − “quoted” Ελλάς Москва",
        ),
        ("漢字 and 😀 stay", "[U+6F22][U+5B57] and [U+1F600] stay"),
        ("private \ue000 use", "private [U+E000] use"),
        ("nul \x00 byte", "nul \N{REPLACEMENT CHARACTER} byte"),
    ],
)
def test_a_character_that_the_pdf_cannot_draw_stands_as_its_number(
    text: str, expected: str
) -> None:
    document = paper(blocks=(Paragraph(words(text)),))

    (one,) = render(document, ["pdf"])

    assert squeezed(expected) in squeezed(READERS["pdf"](one.content))


@pytest.mark.parametrize("name", FORMATS)
def test_every_paragraph_stands_in_every_format_under_its_number(
    name: str, rendered: dict[str, Rendered], read_back: dict[str, str]
) -> None:
    told = squeezed(read_back[name])

    paragraphs = [one for one in lay(paper()).blocks if isinstance(one, LaidParagraph)]

    numbered = name in ("html", "pdf")  # in the other two the reader's program counts
    for one in paragraphs:
        number = f"{one.number}." if numbered else ""
        assert squeezed(number + plain(one.runs)) in told


@pytest.mark.parametrize("name", FORMATS)
def test_every_figure_of_the_paper_has_its_entry_in_every_format(
    name: str, read_back: dict[str, str]
) -> None:
    told = squeezed(read_back[name])

    entries = [
        one
        for block in lay(paper()).blocks
        if isinstance(block, LaidEntries)
        for one in block.entries
    ]

    assert len(entries) == 5
    for one in entries:
        number = f"{one.number}." if name in ("html", "pdf") else ""
        assert squeezed(number + one.value) in told
        assert squeezed(one.value + one.said) in told


@pytest.mark.parametrize("name", FORMATS)
def test_every_short_label_of_the_annexes_is_explained_in_every_format(
    name: str, read_back: dict[str, str]
) -> None:
    told = squeezed(read_back[name])

    keys = lay(paper()).keys

    assert [one.label for one in keys] == ["S1", "S2", "R1"]
    assert all(squeezed(f"{one.label}: {one.text}") in told for one in keys)


def test_neighbours_that_are_one_figure_carry_one_mark_and_each_is_a_link_in_the_page() -> None:
    change = figure(2.1, unit="%", signed=True, interval=Range(1.4, 2.8, 0.95))
    said = Statement.of("It rose ({x}; {x:level} range {x:range}).", x=change)

    page, document = render(paper(blocks=(Paragraph(said),), recommendations=()), ["html", "docx"])

    link = f'<a class="figure" href="#{change.id}">'
    assert (
        f"({link}+2.1%</a>; {link}95%</a> range {link}+1.4% to +2.8%<sup>1</sup></a>)"
    ) in page.content.decode()
    text = "".join(part(document.content, "word/document.xml").itertext())
    assert "(+2.1%; 95% range +1.4% to +2.8%1)" in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_recommendation_is_shown_in_front_in_the_body_and_at_the_end(
    name: str, read_back: dict[str, str]
) -> None:
    told = squeezed(read_back[name])

    counts = [
        told.count(squeezed(f"Recommendation {n}: {one.text}"))
        for n, one in enumerate(recommendations(), start=1)
    ]

    assert counts == [2, 3]


@pytest.mark.parametrize("name", FORMATS)
def test_the_marking_and_the_banner_stand_in_every_format(
    name: str, read_back: dict[str, str]
) -> None:
    document = paper(blocks=(Paragraph(words("Held.", "OFFICIAL-SENSITIVE: audit")),))

    (one,) = render(document, [name])

    content = one.content if name in ("html", "pdf") else _headers(one.content)
    told = READERS[name](content) if name in ("html", "pdf") else content.decode()
    assert told.count("OFFICIAL-SENSITIVE: AUDIT") >= 2
    assert "Example: data generated from published figures" in told
    assert "OFFICIAL-SENSITIVE" not in read_back[name]


def _headers(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        wanted = [one for one in archive.namelist() if re.search(r"header|footer|styles\.xml", one)]
        return b"".join(archive.read(one) for one in wanted)


def test_the_page_leads_from_a_number_to_its_entry_and_back(rendered: dict[str, Rendered]) -> None:
    page = rendered["html"].content.decode()

    assert f'<a class="figure" href="#{BURGLARY.id}">10,461 offences<sup>1</sup></a>' in page
    assert f'<li id="{BURGLARY.id}">' in page
    assert '<a href="#paragraph-2">paragraph 2</a>' in page
    targets = set(re.findall(r'href="#([^"]+)"', page))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def described() -> list[str]:
    """What every picture of the paper shows, in words, in order of reading."""
    told = []
    for block in lay(paper()).blocks:
        if isinstance(block, LaidChart):
            told += [*(icon.alt for icon in block.icons), block.alt]
        if isinstance(block, LaidTable):
            told += [cell.icon.alt for _, cells in block.rows for cell in cells if cell.icon]
    return told


def test_the_page_holds_everything_and_fetches_nothing(rendered: dict[str, Rendered]) -> None:
    page = rendered["html"].content.decode()

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"<(script|img|link|iframe|object|embed|image)\b|\bstyle=|\bon\w+=", page)
    assert not re.search(r"url\(|@import", css)
    assert re.findall(r'(?:href|src)="(?!#)', page) == []
    assert page.count('role="img"') == len(described())


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_document_holds_nothing_hidden_and_nobodys_name(
    name: str, rendered: dict[str, Rendered]
) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered[name].content)) as archive:
        names = archive.namelist()
        told = b"".join(archive.read(one) for one in names if one.endswith((".xml", ".rels")))
        dates = {one.date_time for one in archive.infolist()}

    assert dates == {(2014, 4, 1, 0, 0, 0)}
    assert not [one for one in names if re.search(r"comment|thumbnail|customXml|people", one)]
    assert not re.search(rb"python-docx|odfdo|w:rsid|<w:(ins|del|comment)\b|tracked-changes", told)


def test_a_word_document_has_title_language_numbering_header_rows_and_alternative_text(
    rendered: dict[str, Rendered],
) -> None:
    opened = docx.Document(io.BytesIO(rendered["docx"].content))

    told = opened.core_properties
    drawn = opened.element.xpath("//wp:docPr")
    assert (told.title, told.language, told.author, told.last_modified_by) == (
        paper().title.title,
        "en-GB",
        "",
        "",
    )
    assert told.created.isoformat()[:10] == told.modified.isoformat()[:10] == "2014-04-01"
    assert [one.get("descr") for one in drawn] == described()
    assert len(opened.element.xpath("//w:tblHeader")) == len(opened.tables) == 4
    assert [p.style.name for p in opened.paragraphs].count("Numbered") == 7


def test_an_open_document_has_title_language_numbering_header_rows_and_alternative_text(
    rendered: dict[str, Rendered],
) -> None:
    opened = odfdo.Document(io.BytesIO(rendered["odt"].content))

    body = opened.body
    assert opened.meta.title == paper().title.title
    assert opened.meta.language == "en-GB"
    assert [one.text for one in body.get_elements("//svg:desc")] == described()
    assert len(body.get_elements("//table:table-header-rows")) == len(body.tables) == 4
    lists = body.get_elements("//text:list[@text:style-name='Numbered']")
    assert [one.get_attribute("text:continue-list") for one in lists] == [
        None,
        *(f"Numbered-{n}" for n in range(1, 7)),
    ]


def test_a_pdf_is_tagged_titled_dated_and_in_its_language(rendered: dict[str, Rendered]) -> None:
    with pikepdf.open(io.BytesIO(rendered["pdf"].content)) as opened:
        with opened.open_metadata() as meta:
            claimed = {
                key: str(meta.get(key))
                for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
            }
            title = meta.get("dc:title")
        root = opened.Root
        assert claimed == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
        assert title == paper().title.title
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert "/Author" not in opened.docinfo
        assert str(opened.docinfo.Keywords) == "OFFICIAL"
        assert str(opened.docinfo.CreationDate).startswith("D:20140401")
        with opened.open_outline() as outline:
            assert [one.title for one in outline.root[0].children][:2] == [
                "Purpose of report",
                "Recommendations",
            ]


def test_a_pdf_names_its_table_headers_and_describes_its_charts(
    rendered: dict[str, Rendered],
) -> None:
    with pikepdf.open(io.BytesIO(rendered["pdf"].content)) as opened:
        found = list(_structure(opened.Root.StructTreeRoot))

    kinds = [kind for kind, _ in found]
    assert kinds.count("/THead") == 4
    assert kinds.count("/TH") >= 5 + 6 + 4 + 3
    assert [alt for kind, alt in found if kind == "/Figure"] == described()


def _structure(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from _structure(one)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S), str(element.get("/Alt", ""))
        if "/K" in element:
            yield from _structure(element.K)


def test_files_are_named_by_paper_date_and_marking(tmp_path: Path) -> None:
    document = paper(blocks=(Paragraph(words("Held.", "OFFICIAL-SENSITIVE: audit")),))

    page, text = write(document, tmp_path / "new", ["html", "odt"], name="Performance paper")

    assert page.path.name == "performance-paper_2014-04-01_OFFICIAL-SENSITIVE.html"
    assert text.path.name == "performance-paper_2014-04-01_OFFICIAL-SENSITIVE.odt"
    assert page.sha256 == hashlib.sha256(page.path.read_bytes()).hexdigest()
    assert page.size == page.path.stat().st_size
    assert sorted(one.name for one in page.path.parent.iterdir()) == sorted(
        one.path.name for one in (page, text)
    )
    assert page.row()["bytes"] == page.size
    assert str(page).startswith(f"{page.path.name}: {page.size:,} bytes, SHA-256 {page.sha256}")


def test_a_faulty_paper_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(PaperRefused):
        write(paper(purpose=()), tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(NotKnown, match="no format is called 'rtf'"):
        render(paper(), ["rtf"])


def test_what_held_the_engines_is_told(rendered: dict[str, Rendered]) -> None:
    assert all(one.lock is not None for one in rendered.values())
    assert render(paper(blocks=()), ["html"])[0].lock is None


@pytest.mark.parametrize("name", FORMATS)
def test_the_position_and_head_of_the_register_stand_twice_in_every_format(name: str) -> None:
    document = paper(blocks=(), position="register position 131, head 3f9a1c2b77de")

    (one,) = render(document, [name])

    told = READERS[name](one.content)
    if name in ("docx", "odt"):
        told += _headers(one.content).decode()
    assert squeezed(told).count(squeezed("egister position 131, head 3f9a1c2b77de")) >= 2
