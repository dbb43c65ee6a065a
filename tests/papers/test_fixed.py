"""The words of papers that nobody writes, and a paper in another language in four formats."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pikepdf
import pytest

from papers.reading_back import READERS, part
from papers.sample import paper, recommendations, words
from regard.core.errors import NotKnown
from regard.core.statements import Part, Statement
from regard.papers import Bullets, Column, Heading, Paragraph, Row, Table, render
from regard.papers.fixed import FIXED, LANGUAGES, day_in, letters_of
from regard.papers.keeping import kept, restored
from regard.papers.laying import lay
from regard.papers.model import LANGUAGE, WELSH

PLACE = re.compile(r"\{\w+\}")
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DUBLIN = "{http://purl.org/dc/elements/1.1/}language"


def in_welsh():
    table = Table(
        "Lefelau",
        "Bygythiad",
        (Column("Gallu"),),
        (Row("Un", (words("Two of them").spoken(WELSH),)),),
    )
    blocks = (
        Heading("Beth a newidiodd"),
        Heading(words("Terrorism"), 2),
        Paragraph(words("Nothing was said of it.")),
        Bullets((words("Nobody spoke."),)),
        table,
    )
    return replace(
        paper(blocks=blocks, recommendations=recommendations(), as_at=date(2015, 2, 3)),
        language=WELSH,
    )


@pytest.fixture(scope="module")
def made():
    return {one.format: one.content for one in render(in_welsh())}


@pytest.mark.parametrize("name", sorted(FIXED.said))
def test_every_fixed_word_is_said_in_every_language_with_the_same_places(name):
    said = FIXED.said[name]

    assert set(said) == set(LANGUAGES)
    if name != "language":  # an English paper has nothing to say of its language
        assert all(said.values())
        assert sorted(PLACE.findall(said["en"])) == sorted(PLACE.findall(said["cy"]))


def test_a_day_is_said_in_the_language_of_the_paper():
    assert day_in(date(2015, 2, 3), LANGUAGE) == "3 February 2015"
    assert day_in(date(2015, 2, 3), WELSH) == "3 Chwefror 2015"
    assert day_in(date(2015, 12, 31), WELSH) == "31 Rhagfyr 2015"


def test_what_there_is_not_is_refused_by_name():
    with pytest.raises(NotKnown, match="fr-FR"):
        letters_of("fr-FR")
    with pytest.raises(NotKnown, match="conclusion"):
        FIXED.line("conclusion", WELSH)


def test_english_words_stay_plain_and_welsh_ones_know_which_of_them_are_english():
    english = FIXED.words("annex", LANGUAGE, letter="A", title="Sources")
    welsh = FIXED.words("annex", WELSH, letter="A", title="Sources")

    assert english == "Annex A: Sources"
    assert str(welsh) == "Atodiad A: Sources"
    assert [(one.text, one.language) for one in welsh.parts] == [
        ("Atodiad ", WELSH),
        ("A", ""),
        (": ", WELSH),
        ("Sources", ""),
    ]
    assert FIXED.words("contacts", WELSH) == "Cysylltiadau"


def test_a_statement_and_a_day_fill_a_place_with_the_languages_they_have():
    told = FIXED.words(
        "method", WELSH, method=Statement((Part("Met", language=WELSH), Part(" as said")))
    )

    assert [one.language for one in told.parts] == [WELSH, WELSH, "", WELSH]
    assert FIXED.words("brought-in", WELSH, day=date(2015, 2, 3), time="09:00").parts[1] == Part(
        "3 Chwefror 2015", language=WELSH
    )


def test_an_english_paper_holds_no_language_of_its_words():
    laid = lay(replace(in_welsh(), language=LANGUAGE))

    assert laid.in_language == ""
    assert not [
        run
        for block in laid.blocks
        for run in getattr(block, "runs", ())
        if run.language == LANGUAGE
    ]


def test_a_paper_remembers_its_language():
    document = in_welsh()

    assert restored(kept(document)) == document
    assert f'"language":"{WELSH}"' in kept(document)
    assert '"language"' not in kept(replace(document, language=LANGUAGE, blocks=()))


@pytest.mark.parametrize("format_", sorted(READERS))
def test_each_format_says_the_fixed_words_in_welsh_and_the_others_as_they_were(made, format_):
    told = " ".join(READERS[format_](made[format_]).split())

    for said in (
        "Argymhellion",
        "Argymhelliad 1:",
        "Tabl 1: Lefelau",
        "Cymraeg yw penawdau a graddfeydd y papur hwn.",
        "Ffigurau fel ar",
        "3 Chwefror 2015",
        "Nothing was said of it.",
    ):
        assert said in told, said
    assert "Recommendation " not in told
    assert "Figures as at" not in told


def test_html_says_its_language_and_where_it_is_another(made):
    page = made["html"].decode()

    assert '<html lang="cy-GB">' in page
    assert '<span lang="en-GB">Nothing was said of it.</span>' in page
    assert re.search(r'<h3 id="heading-\d+"><span lang="en-GB">Terrorism</span></h3>', page)
    assert re.search(r'<h2 id="heading-\d+">Beth a newidiodd</h2>', page)
    assert '<td class="left">Two of them</td>' in page


def test_docx_says_its_language_and_where_it_is_another(made, tmp_path):
    path = tmp_path / "paper.docx"
    path.write_bytes(made["docx"])
    document = docx.Document(str(path))
    spoken = {
        run.text: run._r.xpath("w:rPr/w:lang/@w:val")
        for one in document.paragraphs
        for run in one.runs
    }

    assert document.core_properties.language == "cy-GB"
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["cy-GB"]
    assert spoken["Nothing was said of it."] == ["en-GB"]
    assert spoken["Terrorism"] == ["en-GB"]
    assert spoken["Beth a newidiodd"] == []


def test_odt_says_its_language_and_where_it_is_another(made):
    (language,) = part(made["odt"], "meta.xml").iter(DUBLIN)
    styles = part(made["odt"], "styles.xml")
    held = {one.get(f"{STYLE}name"): one for one in styles.iter(f"{STYLE}style")}
    (whole, *_) = styles.iter(f"{STYLE}text-properties")

    assert language.text == "cy-GB"
    assert whole.get(f"{FORMAT}language") == "cy"
    assert held["English"][0].get(f"{FORMAT}language") == "en"
    assert b'text:style-name="English">Nothing was said of it.' in _content(made["odt"])


def test_pdf_says_its_language_and_where_it_is_another(made, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(made["pdf"])

    with pikepdf.open(path) as held:
        assert str(held.Root.Lang) == "cy-GB"
        spoken = {
            str(one.Lang)
            for one in held.objects
            if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }
    assert {"cy-GB", "en-GB"} <= spoken


def _content(odt: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(odt)) as archive:
        return archive.read("content.xml")
