from __future__ import annotations

from datetime import date

import pytest

from regard.board.promise_files import promises_in, promises_said
from regard.core.errors import DefinitionRefused, FileUnreadable

FORCE = "party:west-midlands"


def file_of(tmp_path, text):
    file = tmp_path / "promises.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_promise_says_its_words_its_day_and_what_shows_it(tmp_path):
    file = file_of(
        tmp_path,
        '[[promise]]\ntext = "Train 1,326 officers"\nby = 2016-03-31\n'
        'measure = "level-2-trained"\ntarget = "1326"\nunit = "officers"\n'
        'owner = "acc-operations"\ntopic = "spr-2015/public-order"\n',
    )

    (one,) = promises_in(file, FORCE)

    assert one.due == date(2016, 3, 31)
    assert one.measure == "measure:level-2-trained"
    assert str(one.target) == "1,326 officers"
    assert one.owner == "party:acc-operations"
    assert one.topic == "expectation:spr-2015/public-order"
    assert one.scope == FORCE


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[promise]]\nby = 2016-03-31\n", "text is None"),
        ('[[promise]]\ntext = "Renew"\nby = "soon"\n', "by is 'soon'"),
        ('[[promise]]\ntext = "Renew"\nby = 2016-03-31\nwhen = "x"\n', "says when"),
        ('[[promise]]\ntext = "R"\nby = 2016-03-31\ntarget = 92.5\n', "binary fraction 92.5"),
        ('[[promise]]\ntext = "R"\nby = 2016-03-31\ntarget = "ten"\nunit = "x"\n', "ten"),
        ('[[vow]]\ntext = "R"\n', "holds vow"),
        ("", "holds nothing"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place(tmp_path, text, wrong):
    with pytest.raises(DefinitionRefused, match=wrong):
        promises_in(file_of(tmp_path, text), FORCE)


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(FileUnreadable, match="cannot be read"):
        promises_in(tmp_path / "none.toml", FORCE)
    with pytest.raises(FileUnreadable, match="cannot be read"):
        promises_in(file_of(tmp_path, "not toml"), FORCE)


def test_promises_are_read_from_lines_that_say_a_day_and_words():
    one, other = promises_said(
        "31 March 2016: Renew the plan: all of it\n\n  1  May 2017 :Train officers \n", FORCE
    )

    assert (one.due, one.text, one.scope) == (
        date(2016, 3, 31),
        "Renew the plan: all of it",
        FORCE,
    )
    assert (other.due, other.text) == (date(2017, 5, 1), "Train officers")
    assert promises_said("", FORCE) == ()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Renew the plan", "says no day"),
        ("31 February 2016: Renew", "says no day"),
        ("31 March 2016", "says no words"),
        ("31 March 2016: ", "says no words"),
    ],
)
def test_a_line_without_a_day_or_words_is_refused(line, wrong):
    with pytest.raises(DefinitionRefused, match=wrong):
        promises_said(line, FORCE)
