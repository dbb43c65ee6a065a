"""Role x kind x verb x marking x whose: asked of the register itself, against a table by hand."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction

from regard.core.errors import AccessRefused, RegardError
from regard.core.markings import OFFICIAL
from regard.register import sight
from regard.register.access import EVERYTHING, PUBLIC
from regard.register.acting import Acts
from regard.register.entries import Speaker
from regard.register.kinds import KINDS, Act, Party, Stage, Window, changed, made
from regard.register.register import Register
from register import forces, matrix
from register.forces import FORCES, GOLD, SENSITIVE, World, body, counts, speaker

FEWER = 600  # cases of the fast run; every one of them in the slow one


@pytest.fixture(scope="module")
def filled(shared_world: World):
    return shared_world, matrix.fill(shared_world)


def differences(filled, cases) -> list[str]:
    """The cases in which the register and the table differ, or a refusal left something."""
    world, stands = filled
    register = world.register
    found = []
    for case in cases:
        before = (register.head(), counts(register))
        did = matrix.allowed(world, case, stands)
        if did != matrix.expected(case):
            found.append(f"{case}: {'let in' if did else 'refused'}")
        if (register.head(), counts(register)) != before:
            found.append(f"{case}: left something")
    return found


def test_there_are_at_least_five_thousand_cases():
    assert len(list(matrix.cases())) >= 5_000


@pytest.mark.parametrize("seed", range(3))
def test_every_post_may_do_what_its_job_is_and_nothing_else(filled, seed):
    cases = matrix.sample(FEWER // 3, seed=seed)

    found = differences(filled, cases)

    assert found == []


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.timeout(600)
def test_every_case_there_is_holds(filled):
    found = differences(filled, matrix.cases())

    assert found == []


def test_fault_whoever_reads_everything_turns_a_quarter_of_the_reading_red(filled, monkeypatch):
    monkeypatch.setattr(sight, "may_read", lambda *_, **__: True)
    monkeypatch.setattr("regard.register.access.may_read", lambda *_, **__: True)
    cases = [one for one in matrix.sample(1_500, seed=1) if one.verb == "read"]

    found = differences(filled, cases)

    assert len(found) >= len(cases) / 4


def test_fault_an_act_before_its_check_turns_a_quarter_of_the_cells_red(worlds, monkeypatch):
    check = Acts._must_be_allowed

    def late(self, value, subject, marking, force, previous):
        self._append(value, subject, self.today, marking, force, previous)
        self.flush()
        check(self, value, subject, marking, force, previous)

    with worlds() as world:
        stands = matrix.fill(world)
        cases = [one for one in matrix.sample(250, seed=2) if one.verb != "read"]
        monkeypatch.setattr(Acts, "_must_be_allowed", late)
        monkeypatch.setattr(Register, "_transaction", _kept_when_refused)

        found = differences((world, stands), cases)

    assert len(found) >= len(cases) / 4


@contextmanager
def _kept_when_refused(self):
    refusals = []
    with transaction.atomic(using=self.alias):
        try:
            yield
        except AccessRefused as refusal:
            refusals.append(refusal)
    for one in refusals:
        raise one


def test_no_canary_of_another_force_or_of_a_higher_marking_is_ever_shown(worlds):
    with worlds() as world:
        register = world.register
        secrets = [
            (FORCES[1], OFFICIAL, "canary-mercia"),
            (FORCES[0], SENSITIVE, "canary-sensitive"),
            (FORCES[0], GOLD, "canary-gold"),
        ]
        for force, marking, canary in secrets:
            lead = speaker(force, "spr-lead", gold=True)
            with register.acting(lead) as act:
                act.enter(
                    forces.concern(force, text=canary),
                    subject=f"concern:{canary}/a",
                    marking=marking,
                )
                act.enter(
                    forces.concern(force, text=canary),
                    subject=f"concern:{canary}/b",
                    marking=marking,
                )
                act.enter(
                    forces.link(f"concern:{canary}/a", f"concern:{canary}/b"),
                    subject=f"link:{canary}",
                    marking=marking,
                )
        leaks = []
        for reader in (speaker(FORCES[0], "finance-lead"), speaker(FORCES[0], "reader"), PUBLIC):
            told = "\n".join(_all_that_is_told(register.view(reader)))
            leaks += [(reader, canary) for *_, canary in secrets if canary in told]
        sees = "\n".join(_all_that_is_told(register.view(EVERYTHING)))

    assert leaks == []
    assert all(canary in sees for *_, canary in secrets)


def _all_that_is_told(view):
    for kind in KINDS.values():
        yield from (str(one) for one in view.all(kind))
        yield from (str(one) for one in view.all(kind, scope=body(FORCES[1])))
    yield from (str(one) for one in view.links())
    for seq in range(1, view.position.seq + 1):
        yield str(view.entry(seq))
    yield from (str(one) for one in view.entries(limit=10_000))
    for subject in (
        "concern:canary-mercia/a",
        "concern:canary-sensitive/a",
        "concern:canary-gold/a",
    ):
        yield str(view.find(subject)) + str(view.history(subject)) + str(view.naming(subject))
        yield str(view.links(target=subject)) + str(view.links(source=subject))
        yield str(view.many([subject]))
    for near in ("concern:canari", "link:canary-x", "concern:a"):
        try:
            view.one(near)
        except RegardError as refusal:
            yield str(refusal)


@pytest.mark.parametrize("role", ["performance-analyst", "workforce-planner", "finance-lead"])
@pytest.mark.parametrize("marking", [SENSITIVE, GOLD])
def test_what_may_not_be_seen_is_refused_with_the_words_for_what_is_not_there(
    shared_world, role, marking
):
    hidden = f"observation:hidden/{role}-{marking.tier.value}-{len(marking.need_to_know)}"
    lead = speaker(FORCES[0], "spr-lead", gold=True)
    shared_world.enter(forces.observation(FORCES[0]), hidden, lead, marking=marking)
    link = shared_world.fresh("link")
    by = speaker(FORCES[0], "spr-lead" if marking == GOLD else role)
    told = []
    for target in (hidden, hidden.replace("hidden/", "nowhere/")):
        with pytest.raises(RegardError) as refused:
            shared_world.enter(forces.link("measure:psus", target), link, by)
        told.append(str(refused.value).replace(target, "…"))

    assert told[0] == told[1]


def test_a_reader_counts_what_it_can_list(filled):
    world, _ = filled

    for role in forces.ROLE_NAMES:
        for gold in (False, True):
            view = world.register.view(speaker(FORCES[0], role, gold=gold))
            assert view.count() == len(view.entries(limit=100_000)), role


def test_what_is_marked_higher_later_is_hidden_wholly_and_for_all_time(world):
    lead, reader = speaker(FORCES[0], "spr-lead"), speaker(FORCES[0], "reader")
    first = world.enter(forces.concern(FORCES[0]), "concern:raised", lead)
    world.enter(forces.concern(FORCES[0]), "concern:raised", lead, marking=SENSITIVE)

    then = world.register.view(reader, known_at=first.seq)

    assert then.find("concern:raised") is None
    assert then.entry(first.seq) is None
    assert then.history("concern:raised") == ()
    assert world.register.view(lead, known_at=first.seq).one("concern:raised").seq == first.seq


def test_a_link_is_hidden_where_an_end_of_it_is(world):
    lead, reader = speaker(FORCES[0], "spr-lead"), speaker(FORCES[0], "reader")
    world.enter(forces.concern(FORCES[0]), "concern:quiet", lead)
    linked = world.enter(forces.link("concern:quiet", "measure:psus"), "link:quiet", lead)
    world.enter(forces.concern(FORCES[0]), "concern:quiet", lead, marking=SENSITIVE)

    view = world.register.view(reader)

    assert view.links(target="measure:psus") == ()
    assert view.entry(linked.seq) is None
    assert view.naming("measure:psus") == ()
    assert view.count() == len(view.entries(limit=10_000))
    assert [one.seq for one in world.register.view(lead).links()] == [linked.seq]


def test_a_role_that_is_taken_away_is_away_at_the_next_call(world):
    role = speaker(FORCES[1], "inspector")
    view = world.register.view(role)
    assert view.find(body(FORCES[0])) is not None
    taken = made(Party, form="post", name="was an inspector", parent=body(FORCES[1]))
    world.enter(taken, role.post, world.house)

    assert view.find("party:avon/reader") is None or view.find(forces.cycle(FORCES[0])) is None
    assert view.all(Party) == ()
    with pytest.raises(AccessRefused):
        world.enter(forces.observation(FORCES[1]), "observation:x", role)


def test_a_role_that_is_taken_away_as_from_long_ago_is_away_at_once(world):
    role = speaker(FORCES[0], "spr-lead")
    view = world.register.view(role)
    assert view.find(forces.PSUS) is not None
    taken = made(Party, form="post", name="nothing", parent=body(FORCES[0]))
    world.enter(taken, role.post, world.house, effective=date(2010, 1, 1))

    assert view.find(forces.PSUS) is None
    with pytest.raises(AccessRefused, match="no role"):
        world.enter(forces.concern(FORCES[0]), "concern:x", role)


def test_a_role_that_is_given_from_a_later_day_is_not_held_before(world):
    reader = speaker(FORCES[0], "reader")
    given = made(
        Party, form="post", name="soon", parent=body(FORCES[0]), roles=("reader", "spr-lead")
    )
    world.enter(given, reader.post, world.house, effective=date(2015, 2, 1))

    with pytest.raises(AccessRefused):
        world.enter(forces.concern(FORCES[0]), "concern:x", reader)
    world.clock.now += timedelta(days=40)
    world.enter(forces.concern(FORCES[0]), "concern:x", reader)


def test_an_appointment_that_has_ended_speaks_no_more(world):
    role = speaker(FORCES[0], "spr-lead")
    view = world.register.view(role)
    ended = forces.appointed(FORCES[0], role.post, Window(end=date(2015, 1, 5)))
    world.enter(ended, role.holder, world.house)
    assert view.find(forces.PSUS) is not None

    world.clock.now += timedelta(days=1)

    with pytest.raises(AccessRefused, match="does not hold"):
        view.find(forces.PSUS)
    with pytest.raises(AccessRefused, match="does not hold"):
        world.enter(forces.concern(FORCES[0]), "concern:x", role)


def test_a_clock_that_goes_back_does_not_give_an_ended_appointment_back(world):
    role = speaker(FORCES[0], "spr-lead")
    ended = forces.appointed(FORCES[0], role.post, Window(end=date(2015, 1, 5)))
    world.enter(ended, role.holder, world.house)
    world.clock.now += timedelta(days=2)
    world.enter(forces.concern(FORCES[0]), "concern:x", speaker(FORCES[0], "spr-lead", gold=True))

    world.clock.now -= timedelta(days=2)

    with pytest.raises(AccessRefused, match="does not hold"):
        world.register.view(role).find(forces.PSUS)


def test_a_group_that_is_taken_away_is_away_at_the_next_call(world):
    role = speaker(FORCES[0], "spr-lead", gold=True)
    world.enter(forces.concern(FORCES[0]), "concern:gold", role, marking=GOLD)
    view = world.register.view(role)
    assert view.find("concern:gold") is not None
    post = world.register.view(EVERYTHING).one(role.post).value
    world.enter(changed(post, groups=()), role.post, world.house)

    assert view.find("concern:gold") is None


def test_fault_a_standing_that_is_kept_shows_what_was_taken_away(world, monkeypatch):
    role = speaker(FORCES[0], "spr-lead")
    view = world.register.view(role)
    held = view._sight()
    monkeypatch.setattr(type(view), "_sight", lambda _: held)
    taken = made(Party, form="post", name="nothing", parent=body(FORCES[0]))
    world.enter(taken, role.post, world.house)

    assert view.find(forces.PSUS) is not None


def test_a_keeper_appoints_within_its_own_body_only(world):
    keeper = speaker(FORCES[1], "register-keeper")
    theirs = made(Party, form="post", name="x", parent=body(FORCES[0]), roles=("spr-lead",))
    moved = made(Party, form="body", name="Mercia", parent=body(FORCES[0]))

    with pytest.raises(AccessRefused, match="not all of party:mercia"):
        world.enter(theirs, "party:mercia/spy", keeper)
    with pytest.raises(AccessRefused, match="not all of party:mercia"):
        world.enter(
            forces.appointed(FORCES[1], forces.post(FORCES[0], "spr-lead")), "party:spy", keeper
        )
    with pytest.raises(AccessRefused, match="not all of party:mercia"):
        world.enter(moved, body(FORCES[1]), keeper)
    with pytest.raises(AccessRefused, match="not all of party:mercia"):
        world.enter(
            made(Party, form="post", name="x", parent=body(FORCES[1])),
            forces.post(FORCES[0], "reader"),
            keeper,
        )


def test_nobody_judges_another_body_in_its_place(world):
    lead = speaker(FORCES[0], "spr-lead")
    value = forces.judgement(FORCES[1], 2, cycle=None)

    with pytest.raises(AccessRefused, match="may not judge party:mercia"):
        world.enter(value, "judgement:theirs", lead)


def test_a_post_without_a_role_sees_and_says_nothing(world):
    nobody = Speaker("party:avon/holder-none", "party:avon/none")
    bare = made(Party, form="post", name="none", parent=body(FORCES[0]))
    world.enter(bare, nobody.post, world.house)
    world.enter(forces.appointed(FORCES[0], nobody.post), nobody.holder, world.house)

    assert world.register.view(nobody).count() == 0
    with pytest.raises(AccessRefused, match="no role"):
        world.enter(forces.observation(FORCES[0]), "observation:x", nobody)


def test_the_public_sees_published_papers_that_are_official_and_nothing_else(world):
    officer = speaker(FORCES[0], "governance-officer")
    for stage in ("draft", "issued", "published"):
        world.enter(forces.document(FORCES[0], stage=stage), f"document:{stage}", officer)
    secret = speaker(FORCES[0], "spr-lead")
    world.enter(forces.document(FORCES[0]), "document:secret", secret, marking=SENSITIVE)

    view = world.register.view(PUBLIC)

    assert [one.subject for one in view.entries(limit=10_000)] == ["document:published"]
    assert view.count() == 1


def test_whoever_proposed_may_withdraw_and_only_an_authority_defers(world):
    lead, board = speaker(FORCES[0], "business-lead"), speaker(FORCES[0], "board-member")
    proposed = forces.decision(FORCES[0], act=Act.DEPART, about=forces.PSUS)
    for subject in ("decision:a", "decision:b"):
        world.enter(proposed, subject, lead)
    deferred = changed(proposed, stage=Stage.DEFERRED, deferred_until=date(2015, 6, 1))

    with pytest.raises(AccessRefused, match="deferred"):
        world.enter(deferred, "decision:a", lead)
    world.enter(deferred, "decision:a", board)
    world.enter(changed(proposed, stage=Stage.WITHDRAWN), "decision:b", lead)
    with pytest.raises(AccessRefused, match="withdrawn"):
        world.enter(
            changed(proposed, stage=Stage.WITHDRAWN),
            "decision:a",
            speaker(FORCES[0], "business-lead", gold=True),
        )
