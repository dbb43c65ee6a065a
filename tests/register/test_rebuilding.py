"""The projections made anew from the journal."""

from __future__ import annotations

from importlib import import_module

import pytest

from regard.core.errors import DefinitionRefused
from regard.register import rebuilding
from regard.register.rebuilding import digest_of, rebuild
from regard.register.verifying import verify
from register.forces import World, concern, link, speaker
from register.tampering import tamper
from register.watching import past_the_journal

named_once = import_module("regard.register.migrations.0003_named_once")

LEAD = speaker("avon", "spr-lead")


def digest(world: World) -> str:
    with world.register.connection.cursor() as cursor:
        return digest_of(cursor, world.register.connection.vendor)


@pytest.fixture
def told(world: World) -> World:
    for name in ("a", "b"):
        world.enter(concern("avon"), f"concern:{name}", LEAD)
    world.enter(link("concern:a", "concern:b"), "link:a-b", LEAD)
    world.enter(link("concern:a", "concern:b", withdrawn=True), "link:a-b", LEAD)
    return world


@past_the_journal
def test_rows_made_anew_are_identical(told):
    before = digest(told)

    made = rebuild(told.register)

    assert made.identical
    assert made.after == before == digest(told)
    assert "They are identical" in made.said()[1]


@past_the_journal
def test_a_register_that_held_a_name_twice_is_left_with_what_a_rebuilding_makes(told):
    before = digest(told)
    for facet in ("scope", "about"):
        tamper(
            told.register,
            "INSERT INTO edge (id, seq, subject, type, source, target) "  # noqa: S608
            f"SELECT seq * 1024 + 900 + {len(facet)}, seq, subject, 'names', subject, {facet} "
            f"FROM version WHERE {facet} <> '' AND kind <> 'link'",
        )
    assert digest(told) != before

    tamper(told.register, named_once.ONCE)

    assert digest(told) == before


@past_the_journal
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM version",
        "DELETE FROM edge",
        "UPDATE version SET scope = 'party:mercia'",
        "UPDATE edge SET target = 'measure:psus'",
        "INSERT INTO edge (id, seq, subject, type, source, target) "
        "VALUES (99999999, 90000, 'a', 'b', 'c', 'd')",
    ],
)
def test_rows_that_were_spoilt_are_put_right(told, statement):
    before = digest(told)
    tamper(told.register, statement)

    made = rebuild(told.register)

    assert not made.identical
    assert digest(told) == before
    assert verify(told.register, projections=True).whole
    assert "were others" in made.said()[1]


@past_the_journal
def test_indexes_and_triggers_are_as_before(told):
    def held() -> list[tuple[str, ...]]:
        ask = {
            "sqlite": "SELECT name, sql FROM sqlite_master ORDER BY name",
            "postgresql": "SELECT indexname, indexdef FROM pg_indexes ORDER BY indexname",
        }
        with told.register.connection.cursor() as cursor:
            cursor.execute(ask[told.register.connection.vendor])
            return cursor.fetchall()

    before = held()

    rebuild(told.register)

    assert held() == before


@past_the_journal
def test_at_an_error_nothing_changes(told, monkeypatch):
    before = digest(told)

    def broken(*_: object) -> None:
        raise DefinitionRefused("the words of entry 7 are none")

    monkeypatch.setattr(rebuilding, "projected", broken)

    with pytest.raises(DefinitionRefused):
        rebuild(told.register)

    assert digest(told) == before
