"""The command line's front door."""

import pytest

from regard.cli.main import NOUNS


def test_its_help_names_every_noun_without_reading_a_module(regard):
    told = regard("--help")

    assert "Usage:" in told.out
    assert all(noun in told.out for noun in NOUNS)


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_every_noun_has_help_and_verbs(regard, noun):
    told = regard(noun, "--help")

    assert told.code == 0
    assert "Commands:" in told.out


def test_an_unknown_noun_is_a_word_it_does_not_know(regard):
    told = regard("record", "import")

    assert told.code == 2
    assert "record" in told.err


def test_a_refusal_says_three_things_and_leaves_with_its_own_code(regard):
    told = regard("dataset", "show", "crimes")

    assert told.code == 15
    assert told.out == ""
    assert told.err == (
        "regard: no dataset is called 'crimes'\n"
        "Expected: one of crime, recorded_crime\n"
        "Next: list them with: regard dataset list\n"
    )


def test_the_version_is_said(regard):
    assert regard("--version").out.startswith("regard 0.")
