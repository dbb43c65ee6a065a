"""Pages in Welsh: what is translated, how levels read, and that English says it is English."""

from __future__ import annotations

import re
from datetime import date
from gettext import GNUTranslations
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import override

from regard.library.labels import WELSH, labels_in
from regard.library.shelf import library
from regard.web import languages
from regard.web.frame import AS_AT_BOXES, NAVIGATION
from regard.web.judged.chosen import ABSENT, LINES, MARKS, READS, c_said
from regard.web.languages import Known, known, marked
from regard.web.templatetags.regard import on_day

WEB = Path(languages.__file__).parent
CATALOGUE = WEB / "locale" / "cy" / "LC_MESSAGES" / "django.po"
TEMPLATES = WEB / "templates" / "regard"
FRAME = (  # the templates whose every word stands on every page
    "base.html",
    "parts/as_at.html",
    "parts/language.html",
    "parts/pages.html",
)
SHARED = (
    "There is a problem", "Error:", "Sign in", "Sign out", "Account", "Help", "Search", "Continue",
    "Cancel", "Records", "Posts, roles and editions", "Breadcrumb", "Page not found",
    "Accessibility statement", "Privacy and cookies", "Back", "Show", "Done", "Important",
)  # fmt: skip
LEAST = 700  # messages of the frame, the scales and the headings: what is Welsh is not given up
KNOWN = Known(frozenset({"gofynion", "heb ei fodloni"}), re.compile(r"\d+ o \d+|Barn (.+?)"))


@pytest.fixture(autouse=True)
def spoken():
    """English again after each test: what a request speaks, its thread goes on to speak."""
    with override("en-gb"):
        yield


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as read:
        return read_po(read, locale="cy")


@pytest.fixture(scope="module")
def welsh(catalogue):
    """What each message is called; of one with a plural, its singular."""
    made = {}
    for one in catalogue:
        if one.id:
            plural = isinstance(one.id, tuple)
            made[one.id[0] if plural else one.id] = one.string[1] if plural else one.string
    return made


class Page(HTMLParser):
    """The texts of a page, each with the language that holds for it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag not in languages._EMPTY:
            before = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or before))

    def handle_endtag(self, tag):
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and self.open and self.open[-1][0] not in ("script", "style"):
            self.said.append((" ".join(data.split()), self.open[-1][1]))

    def language_of(self, text: str) -> set[str]:
        return {language for said, language in self.said if said == text}


def in_welsh(client, path):
    client.post("/language", {"language": "cy", "next": "/"})
    answer = client.get(path)
    return answer, Page(answer.content.decode())


def test_every_word_of_the_navigation_and_of_the_frame_is_welsh(welsh):
    wanted = [str(said) for _, said in NAVIGATION]
    wanted += [str(said) for _, said, _ in AS_AT_BOXES]
    for name in FRAME:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        wanted += [one[1] for one in re.finditer(r"{% translate ['\"]([^'\"]+)['\"]", text)]
        assert set(re.findall(r"{% blocktranslate", text)) <= {"{% blocktranslate"}

    assert len(wanted) > 25
    assert [one for one in wanted if not welsh.get(one)] == []
    assert [one for one in SHARED if not welsh.get(one)] == []


def test_every_word_for_how_a_cell_reads_is_welsh(welsh):
    said = [*READS.values(), *MARKS.values(), *LINES.values()]
    said += [one for pair in ABSENT.values() for one in pair]

    assert [one for one in map(str, said) if not welsh.get(one)] == []


def test_the_title_of_every_page_of_the_navigation_is_welsh(site):
    client = site.client("acc-security")
    for path, title in (
        ("/requirements", "Gofynion"),
        ("/my-work", "Fy ngwaith"),
        ("/measures", "Mesurau"),
        ("/registers", "Cofrestrau"),
        ("/papers", "Papurau"),
        ("/help", "Cymorth"),
        ("/account", "Cyfrif"),
    ):
        answer, page = in_welsh(client, path)
        assert answer.status_code == 200
        assert page.language_of(title) == {"cy"}, path


def test_so_much_of_the_catalogue_is_welsh_and_no_less(catalogue):
    translated = [one for one in catalogue if one.id and one.string and any(one.string)]

    assert len(translated) >= LEAST
    assert "no qualified translator has reviewed it" in catalogue.header_comment


def test_a_translation_keeps_every_place_of_its_message_and_every_mark(catalogue):
    place, mark = re.compile(r"%\(\w+\)[sd]|%[sd]"), re.compile(r"</?\w+")
    for one in catalogue:
        if not one.id or not one.string:
            continue
        ids = one.id if isinstance(one.id, tuple) else (one.id,)
        for said in filter(None, one.string if isinstance(one.string, tuple) else (one.string,)):
            assert set(place.findall(said)) <= {found for x in ids for found in place.findall(x)}
            assert set(place.findall(ids[-1])) <= set(place.findall(said)), one.id
            assert sorted(mark.findall(said)) == sorted(mark.findall(ids[0])), one.id


def test_a_plural_is_said_in_every_form_of_welsh(catalogue):
    for one in catalogue:
        if isinstance(one.id, tuple) and any(one.string):
            assert all(one.string), one.id
            assert len(one.string) == catalogue.num_plurals


def test_the_compiled_catalogue_says_what_the_written_one_does(catalogue):
    made = BytesIO()
    write_mo(made, catalogue)
    made.seek(0)

    with CATALOGUE.with_suffix(".mo").open("rb") as held:
        said, now = GNUTranslations(held)._catalog, GNUTranslations(made)._catalog
    assert {**said, "": ""} == {**now, "": ""}


def test_a_page_under_welsh_says_so_and_shows_welsh_navigation(site):
    answer, page = in_welsh(site.client("acc-security"), "/")
    text = answer.content.decode()

    assert '<html lang="cy"' in text
    assert answer.headers["Content-Language"] == "cy"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    for said in ("Hafan", "Gofynion", "Fy ngwaith", "Cynllun", "Mesurau", "Cofrestrau", "Papurau"):
        assert page.language_of(said) == {"cy"}
    assert page.language_of("Neidio i’r prif gynnwys") == {"cy"}
    assert page.language_of("ACC Security") == {"en-GB"}


def test_an_english_page_is_left_as_it_is(site):
    answer = site.client("acc-security").get("/")

    assert '<html lang="en-gb"' in answer.content.decode()
    assert 'lang="en-GB"' not in answer.content.decode()


def test_levels_and_cs_are_welsh_on_the_matrix_and_the_words_of_the_requirement_english(site):
    _, page = in_welsh(site.client("acc-security"), "/requirements?round=2021")

    for said in ("Capasiti", "Cyfraniad", "Gallu", "Cysondeb", "Cysylltedd"):
        assert page.language_of(said) == {"cy"}
    assert page.language_of("Wedi’i fodloni’n rhannol") == {"cy"}
    assert not page.language_of("Partly met")
    assert page.language_of("Public order") == {"en-GB"}


def test_no_text_of_a_welsh_page_is_english_and_says_it_is_welsh(site):
    english = re.compile(r"\b(the|of|is|was|and|this|that|not|what|which)\b")
    for path in ("/", "/requirements", "/registers", "/papers", "/my-work", "/plan", "/measures"):
        _, page = in_welsh(site.client("acc-security"), path)
        wrong = [said for said, language in page.said if language == "cy" and english.search(said)]
        assert wrong == [], path


def test_a_day_is_welsh_on_a_welsh_page():
    with override("cy"):
        assert on_day(date(2015, 2, 3)) == "3 Chwefror 2015"
    assert on_day(date(2015, 2, 3)) == "3 February 2015"


def test_every_level_and_every_c_is_known_to_be_welsh():
    held = known(WELSH)
    labels = labels_in(WELSH)
    for name, scale in library().scales.items():
        for level in scale.levels:
            assert held.holds(labels.level(name, level.code) or level.label_cy)
    with override("cy"):
        assert held.holds(c_said("capacity"))
        assert held.holds(c_said("whole"))


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("<p>Gofynion</p>", "<p>Gofynion</p>"),
        ("<p>Requirements</p>", '<p lang="en-GB">Requirements</p>'),
        ("<p>3 o 8</p>", "<p>3 o 8</p>"),
        ("<p>2 heb ei fodloni.</p>", "<p>2 heb ei fodloni.</p>"),
        ("<p>1,204</p>", "<p>1,204</p>"),
        ("<p>Barn ACC &amp; more.</p>",
         '<p>Barn <span lang="en-GB">ACC &amp; more</span>.</p>'),
        ("<p>Barn gofynion</p>", "<p>Barn gofynion</p>"),
        ("<title>Barn Security</title>", "<title>Barn Security</title>"),
        ("<p>Gofynion: as said</p>", '<p>Gofynion: <span lang="en-GB">as said</span></p>'),
        ("<p>One <b>Gofynion</b> two</p>",
         '<p><span lang="en-GB">One</span> <b>Gofynion</b> <span lang="en-GB">two</span></p>'),
        ("<p>One, two: three</p>", '<p lang="en-GB">One, two: three</p>'),
        ("<title>Home – Regard</title>", '<title lang="en-GB">Home – Regard</title>'),
        ('<option value="1">One</option>', '<option lang="en-GB" value="1">One</option>'),
        ('<p lang="en">One</p>', '<p lang="en">One</p>'),
        ('<div lang="en-GB"><p>One</p></div>', '<div lang="en-GB"><p>One</p></div>'),
        ("<script>let one = 1 > 0</script>", "<script>let one = 1 > 0</script>"),
        ("<p>a &lt;script&gt; b</p>", '<p lang="en-GB">a &lt;script&gt; b</p>'),
        ('<br><img alt="One"><p>Gofynion</p>', '<br><img alt="One"><p>Gofynion</p>'),
        ("<svg><path/><title>One</title></svg>", "<svg><path/><title>One</title></svg>"),
        ("<!-- One --><p>Gofynion</p>", "<!-- One --><p>Gofynion</p>"),
    ],
)  # fmt: skip
def test_what_is_not_of_the_language_is_marked_as_english(page, made):
    assert marked(f'<html lang="cy">{page}</html>', KNOWN) == f'<html lang="cy">{made}</html>'


def test_the_words_of_a_page_are_the_same_when_they_are_marked(site):
    answer, page = in_welsh(site.client("acc-security"), "/requirements")
    bare = re.sub(r'<span lang="en-GB">(.*?)</span>', r"\1", answer.content.decode(), flags=re.S)

    assert "".join(said for said, _ in page.said).replace(" ", "") == "".join(
        said for said, _ in Page(bare).said
    ).replace(" ", "")
