"""What is seen at a position on both clocks, against a plain reading of the same history."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.markings import OFFICIAL
from regard.register.access import EVERYTHING, Standing
from regard.register.entries import Speaker
from regard.register.kinds import Concern, Link, LinkType, changed
from regard.register.posting import Holdings
from register import forces
from register.forces import FORCES, GOLD, SENSITIVE, World, speaker

START = date(2014, 1, 1)
MARKINGS = [OFFICIAL, SENSITIVE, GOLD]
PATHS = ["a", "b", "c", "d"]
READERS = {
    "all": (EVERYTHING, MARKINGS, FORCES),
    "lead": (speaker(FORCES[0], "spr-lead"), [OFFICIAL, SENSITIVE], FORCES[:1]),
    "gold lead": (speaker(FORCES[0], "spr-lead", gold=True), MARKINGS, FORCES[:1]),
    "reader": (speaker(FORCES[0], "reader"), [OFFICIAL], FORCES[:1]),
    "inspector": (speaker(FORCES[1], "inspector"), [OFFICIAL, SENSITIVE], FORCES),
    "other lead": (speaker(FORCES[1], "spr-lead"), [OFFICIAL, SENSITIVE], FORCES[1:]),
}

said = st.tuples(
    st.sampled_from(FORCES),
    st.sampled_from(PATHS),
    st.integers(0, 400),  # days after the start from which it is true
    st.sampled_from([0, 0, 0, 1, 2]),
)


def standing(world: World, by: Speaker) -> Standing:
    return Holdings(world.register, world.register.today()).standing(by)


def written(world: World, history) -> list[tuple[int, str, str, date, int]]:
    """Enter a history: number, force, subject, day and marking of each entry."""
    made = []
    for force, path, day, mark in history:
        subject, effective = f"concern:{force}/{path}", START + timedelta(days=day)
        entry = world.enter(
            forces.concern(force, text=f"said {len(made)}"),
            subject,
            speaker(force, "spr-lead", gold=True),
            effective=effective,
            marking=MARKINGS[mark],
        )
        made.append((entry.seq, force, subject, effective, mark))
    return made


def oracle(made, reader, known, true_on):
    """What a reader should see of each subject, read plainly."""
    _, markings, whose = READERS[reader]
    may = [MARKINGS.index(one) for one in markings]
    shown = {}
    for subject in {one[2] for one in made}:
        versions = [one for one in made if one[2] == subject]
        then = [one for one in versions if one[0] <= known and (not true_on or one[3] <= true_on)]
        if not then:
            continue
        latest = max(then, key=lambda one: (one[3], one[0]))
        later = [one for one in versions if one[0] >= latest[0]]
        if latest[1] in whose and all(one[4] in may for one in later):
            shown[subject] = latest[0]
    return shown


def sees_as_the_oracle_does(worlds, history, reader, back, day):
    with worlds() as world:
        made = written(world, history)
        size = world.register.head().size
        known = max(size - back, 0)
        true_on = START + timedelta(days=day) if day is not None else None
        view = world.register.view(READERS[reader][0], known_at=known, true_on=true_on)
        expected = oracle(made, reader, known, true_on)

        found = {one.subject: one.seq for one in view.all(Concern)}

        assert found == expected
        subjects = {one[2] for one in made}
        assert {one: entry.seq for one, entry in view.many(subjects).items()} == expected
        for subject in subjects:
            entry = view.find(subject)
            assert (entry.seq if entry else None) == expected.get(subject)
        assert view.count() == len(view.entries(limit=10_000))


HISTORY = {
    "history": st.lists(said, min_size=1, max_size=12),
    "reader": st.sampled_from(sorted(READERS)),
    "back": st.integers(0, 12),
    "day": st.none() | st.integers(-1, 401),
}
QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUICK
@given(**HISTORY)
def test_a_view_shows_what_was_known_of_what_was_true(worlds, history, reader, back, day):
    sees_as_the_oracle_does(worlds, history, reader, back, day)


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.timeout(600)
@settings(QUICK, max_examples=1_000)
@given(**HISTORY)
def test_a_view_shows_what_was_known_of_what_was_true_in_any_history(
    worlds, history, reader, back, day
):
    sees_as_the_oracle_does(worlds, history, reader, back, day)


def test_an_instant_and_the_entry_known_at_it_are_one_position(world):
    lead = speaker(FORCES[0], "spr-lead")
    first = world.enter(forces.concern(FORCES[0], text="one"), "concern:x", lead)
    world.enter(forces.concern(FORCES[0], text="two"), "concern:x", lead)

    view = world.register.view(lead, known_at=first.recorded)

    assert view.position.seq == first.seq
    assert view.one("concern:x").value.text == "one"


def test_before_the_first_entry_nothing_was_known(world):
    view = world.register.view(EVERYTHING, known_at=datetime(2000, 1, 1, tzinfo=UTC))

    assert (view.position.seq, view.count(), view.entries()) == (0, 0, ())


@pytest.mark.parametrize("place", [-1, 1_000_000])
def test_a_position_the_journal_never_had_is_refused(world, place):
    with pytest.raises(DefinitionRefused, match=f"{place:,}"):
        world.register.view(EVERYTHING, known_at=place)


def test_an_instant_without_a_zone_is_refused(world):
    with pytest.raises(DefinitionRefused, match="time zone"):
        world.register.view(EVERYTHING, known_at=datetime(2015, 1, 1))  # noqa: DTZ001


def test_a_facet_that_nothing_is_found_by_is_refused(world):
    with pytest.raises(DefinitionRefused, match="owner"):
        world.register.view(EVERYTHING).all(Concern, owner="party:x")


def test_a_name_that_is_not_known_offers_near_ones_that_the_reader_may_see(world):
    lead, reader = speaker(FORCES[0], "spr-lead"), speaker(FORCES[0], "reader")
    world.enter(forces.concern(FORCES[0]), "concern:custody-open", lead)
    world.enter(forces.concern(FORCES[0]), "concern:custody-shut", lead, marking=SENSITIVE)

    with pytest.raises(NotKnown) as refused:
        world.register.view(reader).one("concern:custody")

    assert "concern:custody-open" in str(refused.value)
    assert "shut" not in str(refused.value)


def test_links_are_found_from_either_end_until_they_are_withdrawn(world):
    lead = speaker(FORCES[0], "spr-lead")
    value = forces.link(forces.PSUS, "measure:psus", LinkType.DEPENDS_ON)
    world.enter(value, "link:x", lead)
    view = world.register.view(lead)
    assert [one.subject for one in view.links(source=forces.PSUS)] == ["link:x"]
    assert [one.subject for one in view.links("depends on", target="measure:psus")] == ["link:x"]
    assert view.links("answers", target="measure:psus") == ()
    world.enter(changed(value, withdrawn=True), "link:x", lead)

    later = world.register.view(lead)

    assert later.links(source=forces.PSUS) == ()
    assert later.all(Link)[0].value.withdrawn
    assert later.naming("measure:psus") == ()


def test_naming_finds_what_cites_concerns_or_belongs_to_a_subject(world):
    lead = speaker(FORCES[0], "spr-lead")
    world.enter(forces.concern(FORCES[0], about=forces.PSUS), "concern:x", lead)

    found = world.register.view(lead).naming(forces.PSUS)

    assert [one.subject for one in found] == ["concern:x"]


def test_whoever_names_a_subject_is_found_as_a_plain_walk_finds_it(world):
    lead = speaker(FORCES[0], "spr-lead")
    cycle = world.round(FORCES[0])
    world.judged(FORCES[0], 1, speaker(FORCES[0], "business-lead"), cycle=cycle)
    world.enter(forces.concern(FORCES[0], about=forces.PSUS), "concern:x", lead)
    world.enter(forces.link("concern:x", forces.PSUS, LinkType.DEPENDS_ON), "link:x", lead)
    view = world.register.view(EVERYTHING)
    stands = {one.subject: one.held for one in view.entries(limit=100_000)}
    told = [
        (target, subject)
        for subject, held in stands.items()
        for _, target in [*held.names(), *([("", held.target)] if isinstance(held, Link) else [])]
    ]

    found = {
        target: {one.subject for one in view.naming(target)}
        for target in {target for target, _ in told} | set(stands)
    }

    assert {subject for _, subject in told} >= {"concern:x", "link:x"}
    for target, naming in found.items():
        assert naming == {subject for named, subject in told if named == target}, target


def test_a_view_for_one_answer_says_the_same_and_asks_nothing_twice(world):
    lead = speaker(FORCES[0], "spr-lead")
    world.enter(forces.concern(FORCES[0], about=forces.PSUS), "concern:x", lead)
    plain = world.register.view(lead)
    held = world.register.view(lead, standing=standing(world, lead))

    first = [held.all(Concern), held.naming(forces.PSUS), held.find("concern:x")]
    assert first == [plain.all(Concern), plain.naming(forces.PSUS), plain.find("concern:x")]
    with CaptureQueriesContext(world.register.connection) as asked:
        again = [held.all(Concern), held.naming(forces.PSUS), held.find("concern:x")]

    assert again == first
    assert len(asked) == 0


def test_a_standing_serves_its_own_speaker_alone(world):
    lead = speaker(FORCES[0], "spr-lead")

    with pytest.raises(DefinitionRefused, match="is not that of"):
        world.register.view(speaker(FORCES[1], "reader"), standing=standing(world, lead))


def test_entries_come_in_pages_that_are_full_until_the_end(world):
    view = world.register.view(speaker(FORCES[1], "reader"))
    pages, after = [], 0
    while page := view.entries(after=after, limit=10):
        pages.append(len(page))
        after = page[-1].seq

    assert set(pages[:-1]) <= {10}
    assert sum(pages) == view.count()


def test_the_newest_entries_come_first_and_are_narrowed(world):
    lead = speaker(FORCES[0], "spr-lead")
    for number in range(4):
        world.enter(forces.concern(FORCES[0]), f"concern:{number}", lead)
    view = world.register.view(EVERYTHING)
    every = [one.seq for one in view.entries()]

    newest = [one.seq for one in view.latest(limit=2)]
    older = [one.seq for one in view.latest(limit=10_000, before=newest[-1])]

    assert newest + older == every[::-1]
    concerns = view.latest(limit=100, kind="concern")
    assert {one.kind for one in concerns} == {"concern"}
    assert {one.post for one in view.latest(limit=100, post=lead.post)} == {lead.post}
    day = concerns[0].recorded.date()
    on = {one.seq for one in view.latest(limit=10_000, on=day)}
    assert on == {one.seq for one in view.entries() if one.recorded.date() == day}
    assert view.latest(limit=100, on=day + timedelta(days=4_000)) == ()


def test_entries_by_their_numbers_are_those_that_may_be_seen(world):
    lead = speaker(FORCES[0], "spr-lead")
    plain = world.enter(forces.concern(FORCES[0]), "concern:x", lead)
    close = world.enter(forces.concern(FORCES[0]), "concern:y", lead, marking=SENSITIVE)
    later = world.enter(forces.concern(FORCES[0]), "concern:z", lead)
    wanted = (0, plain.seq, close.seq, later.seq, 10**12)

    reader = world.register.view(speaker(FORCES[0], "reader"), known_at=close.seq)

    assert set(world.register.view(lead).numbered(wanted)) == {plain.seq, close.seq, later.seq}
    assert set(reader.numbered(wanted)) == {plain.seq}
    assert reader.beside(close.seq) == reader.beside(later.seq) == reader.beside(0) == ()


def test_an_entry_comes_with_the_other_versions_of_its_subject(world):
    lead = speaker(FORCES[0], "spr-lead")
    first = world.enter(forces.concern(FORCES[0], text="one"), "concern:x", lead)
    second = world.enter(forces.concern(FORCES[0], text="two"), "concern:x", lead)
    view = world.register.view(lead)

    assert view.beside(first.seq) == view.beside(second.seq) == view.history("concern:x")
    assert [one.seq for one in view.up_to(first.seq).beside(first.seq)] == [first.seq]
    assert view.up_to(first.seq).one("concern:x").value.text == "one"
    assert view.erased_by(first.seq) is None


def test_no_more_subjects_are_named_than_are_asked_for(world):
    lead = speaker(FORCES[0], "spr-lead")
    for number in range(3):
        world.enter(forces.concern(FORCES[0], about=forces.PSUS), f"concern:{number}", lead)
    view = world.register.view(lead)

    assert view.naming(forces.PSUS, most=2) == view.naming(forces.PSUS)[:2]
