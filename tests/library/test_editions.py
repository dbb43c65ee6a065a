"""The editions that are shipped: whole, cited, briefly quoted, and quoted rightly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from library.books import EDITION, shelved
from regard.core.errors import DefinitionRefused
from regard.library.model import FROM_MEMORY, LONGEST_QUOTATION, QUOTED
from regard.library.shelf import editions, library

THREATS = {"spr-shadow-2011": 4, "spr-2012": 5, "spr-2015": 6, "spr-2023": 7}
CS = {"spr-shadow-2011": "cs-4", "spr-2012": "cs-4", "spr-2015": "cs-5", "spr-2023": "cs-5"}
PAPERS = {"plan-2012": "002", "paper-2014": "004", "paper-2015": "000", "paper-2019": "003"} | {
    "paper-2021": "001"
}
EVERY_NODE = [(one.id, node) for one in editions().values() for node in one.nodes]


@pytest.mark.parametrize(("name", "count"), THREATS.items())
def test_each_version_of_the_requirement_has_its_own_number_of_threats(name, count):
    edition = editions()[name]
    threats = dict(edition.schemes)["threat"]

    named = {term for node in edition.of_kind("threat") for term in node.terms}

    assert len(edition.of_kind("threat")) == count
    assert named == {f"{threats}/{code}" for code in library().scheme(threats).codes}


@pytest.mark.parametrize(("name", "cs"), CS.items())
def test_each_version_is_judged_under_the_cs_it_has(name, cs):
    edition = editions()[name]

    judged = {aspect for node in edition.judged for aspect in node.aspects}

    assert dict(edition.schemes)["aspect"] == cs
    assert judged == set(library().scheme(cs).codes)


def test_every_node_cites_its_document():
    bare = [
        (edition, node.code)
        for edition, node in EVERY_NODE
        if not node.cites or not all(one.title and one.place for one in node.cites)
    ]

    assert bare == []


def test_what_is_quoted_is_brief():
    longest = max(len(node.text.split()) for _, node in EVERY_NODE if node.words == QUOTED)

    assert longest <= LONGEST_QUOTATION


@pytest.mark.parametrize("edition", editions().values(), ids=lambda one: one.id)
def test_every_judged_node_says_on_which_scale_and_by_which_rule(edition):
    known = library()

    assert edition.judged
    for node in edition.judged:
        assert known.rule(node.rule).scale == known.scale(node.scale).name


@pytest.mark.parametrize("name", THREATS)
def test_every_threat_of_the_requirement_has_something_that_is_judged(name):
    edition = editions()[name]

    for threat in edition.of_kind("threat"):
        assert any(node.judged for node in edition.below(threat.code)), threat.code


def test_every_document_of_an_edition_is_cited_or_is_the_edition_itself():
    astray = [
        (one.id, key)
        for one in editions().values()
        for key, title in one.documents
        if title != one.document and key not in {c.document for n in one.nodes for c in n.cites}
    ]

    assert astray == []


def test_what_is_from_memory_is_never_of_a_document_that_was_seen_alone():
    odd = [
        (edition, node.code)
        for edition, node in EVERY_NODE
        if node.words == FROM_MEMORY and not any("not seen" in c.place for c in node.cites)
    ]

    assert odd == []


def plain(text: str) -> str:
    """Words alone: no marks of emphasis or line ends, one kind of dash and quotation mark."""
    text = text.replace("’", "'").replace("–", "-").replace("\n", " ")
    return " ".join(re.sub(r"[*•\x0c]", " ", text).casefold().split())


@pytest.fixture(scope="module")
def source_papers(root: Path) -> dict[str, str]:
    folder = root.parent / "shared" / "source-papers"
    found = {key: sorted(folder.glob(f"{number}_*.txt")) for key, number in PAPERS.items()}
    if not all(found.values()):
        pytest.skip("the source papers are not here: no folder shared/source-papers beside it")
    return {key: plain(paths[0].read_text(encoding="utf-8")) for key, paths in found.items()}


QUOTATIONS = [
    pytest.param(node, cite.document, id=f"{edition}/{node.code}")
    for edition, node in EVERY_NODE
    for cite in node.cites
    if node.words == QUOTED and cite.document in PAPERS
]


@pytest.mark.parametrize(("node", "document"), QUOTATIONS)
def test_what_is_quoted_stands_in_the_paper_that_is_cited(node, document, source_papers):
    assert plain(node.text) in source_papers[document]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('cites = ["plan: page 3"]', "", "cites nothing"),
        ('cites = ["plan: page 3"]', 'cites = ["annex: page 3"]', "annex: page 3"),
        ('cites = ["plan: page 3"]', 'cites = ["plan"]', "cites = 'plan'"),
        ('code = "flood/boats"', 'code = "fire/boats"', "'fire/boats' has the parent 'fire'"),
        ('code = "flood/boats"', 'code = "flood"', "'flood' stands twice"),
        ('code = "flood"\n', 'code = "flood"\nparent = "flood/boats"\n', "lies below itself"),
        ('code = "flood/boats"', 'code = "Flood boats"', "Flood boats"),
        ('words = "quoted"', 'words = "copied"', "copied"),
        ('kind = "threat"', 'kind = "menace"', "menace"),
        ('text = "Flood"', f'text = "{"word " * 31}"', "quotes 31 words"),
        ('rule = "climb@1"', "", "names no rule"),
        ('scale = "ladder@1"', "", "names no scale"),
        ("judged = true", 'scale = "ladder@1"', "is not judged"),
        ("judged = true", 'aspects = ["capacity"]', "is not judged"),
        ("judged = true", "judgd = true", "judgd"),
        ('threat = "flood"', 'danger = "flood"', "danger"),
        ('form = "plan"', 'form = "leaflet"', "leaflet"),
        ('legal_force = "aim"', 'legal_force = "wish"', "wish"),
        ("in_force_to = 2021-12-31", "in_force_to = 2019-12-31", "2019-12-31"),
        ("in_force_from = 2020-01-01", 'in_force_from = "2020"', "2020"),
        ('document = "plan"', 'document = "book"', "book"),
        ("[judging]", "[jugding]", "jugding"),
        ("[judging]", "[[judging]]", "not a table but a list"),
    ],
)
def test_a_fault_of_an_edition_is_refused_by_name(tmp_path, was, now, said):
    assert was in EDITION
    folder = shelved(tmp_path, town_2020=EDITION.replace(was, now, 1))

    with pytest.raises(DefinitionRefused) as refusal:
        library(folder)

    assert said in str(refusal.value)
    assert "town-2020.toml" in str(refusal.value)


def test_a_node_without_a_citation_is_refused_in_three_parts(tmp_path):
    folder = shelved(tmp_path, town_2020=EDITION.replace('cites = ["plan: page 4"]\n', ""))

    with pytest.raises(DefinitionRefused) as refusal:
        editions(folder)

    assert str(refusal.value) == (
        "the library was not read: 2 problems\n"
        "  town-2020.toml: node 2 (flood/boats) cites nothing; "
        'expected cites = ["document: paragraph"] for every node\n'
        "  town.toml: town-2020-to-town-2022 crosses 'flood/boats'; expected a node of town-2020\n"
        "Expected: files without these\n"
        "Next: put them right and read the files again"
    )


def test_several_faults_are_said_at_once(tmp_path):
    faulty = EDITION.replace('kind = "threat"', 'kind = "menace"').replace("page 4", " ")
    folder = shelved(tmp_path, town_2020=faulty)

    with pytest.raises(DefinitionRefused, match="menace.*\n.*plan:"):
        editions(folder)


def test_a_node_takes_the_terms_of_those_above_it(tmp_path):
    edition = editions(shelved(tmp_path))["town-2020"]

    assert edition.by_code()["flood/boats"].terms == ("town-threats-1/flood",)


def test_an_edition_knows_what_it_is_judged_by():
    edition = editions()["spr-2015"]

    assert edition.scales == ("spr-position@1",)
    assert edition.rules == ("spr-demand@1", "spr-standard@1")
    assert "spr-threats-2015/child-sexual-abuse" in edition.terms
    assert "four-ps-1/pursue" in edition.terms
