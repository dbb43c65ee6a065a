"""Groups of most similar forces, read from a file."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused, FileUnreadable
from regard.plan.similar import load_similar

HEAD = 'edition = "2013"\nsource = "HMIC, most similar groups"\n[groups]\n'


def written(tmp_path, text):
    file = tmp_path / "similar.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_group_holds_the_force_and_those_most_similar_to_it(tmp_path):
    found = load_similar(written(tmp_path, HEAD + 'merseyside = ["west-midlands", "cleveland"]\n'))

    assert found.edition == "2013"
    assert found.source.reference == "HMIC, most similar groups"
    assert found.group("merseyside") == ("cleveland", "merseyside", "west-midlands")


def test_every_fault_is_named_at_once(tmp_path):
    text = HEAD + (
        'mersyside = ["kent"]\n'
        'kent = ["kent", "essex", "essex", "devon"]\n'
        'dorset = "kent"\n'
        "cumbria = []\n"
    )

    with pytest.raises(DefinitionRefused) as refused:
        load_similar(written(tmp_path, text))

    assert refused.value.wrong.splitlines() == [
        "similar.toml was not read: 6 problems",
        "  [groups] has 'mersyside', which is no force; the nearest is merseyside",
        "  kent is in its own group",
        "  the group of kent has essex 2 times",
        "  the group of kent has 'devon', which is no force",
        "  dorset = 'kent' is no list of forces",
        "  cumbria = [] is no list of forces",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD.replace('"2013"', "2013") + 'kent = ["essex"]\n', "has edition = 2013"),
        ('edition = "2013"\n', "has no source"),
        ('edition = "2013"\nsource = "HMIC"\n', "has no groups"),
        (HEAD, "has groups = {}"),
        ('groups = 3\nedition = "2013"\nsource = "HMIC"\n', "has groups = 3"),
        ('name = "x"\n' + HEAD + 'kent = ["essex"]\n', "has a field 'name'"),
    ],
)
def test_a_file_that_lacks_something_is_refused(tmp_path, text, says):
    with pytest.raises(DefinitionRefused, match="similar.toml") as refused:
        load_similar(written(tmp_path, text))

    assert says in refused.value.wrong


def test_a_file_that_is_not_there_or_not_toml_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="cannot be read"):
        load_similar(tmp_path / "none.toml")
    with pytest.raises(FileUnreadable, match="is not TOML"):
        load_similar(written(tmp_path, "edition = \n"))
