"""The invariants of the metamodel that the register keeps, each by its number, as what is let in.

What breaks them is in `test_laws.py`; that the database refuses a change is in `test_triggers.py`.
Gaps (6), staleness (7), accepted risk (10) and roll-ups (11) are derived, and kept where they are.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.register.access import EVERYTHING
from regard.register.canonical import NOTHING, body_hash, entry_hash
from regard.register.kinds import (
    Act,
    Crossing,
    Judgement,
    Line,
    LinkType,
    Stage,
    Window,
    changed,
)
from regard.register.kinds.speech import IN_EFFECT, Frozen, Withheld
from regard.register.rows import EDGE, VERSION, edge_rows, version_row
from register import forces
from register.breaking import SPEAKS_AT
from register.forces import FORCES, PSUS, SENSITIVE, World, body, post, speaker

QUICK = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
force_of = st.sampled_from(FORCES)
lines = st.permutations(list(SPEAKS_AT))


def stored(world: World) -> list[tuple]:
    with world.register.connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.*, b.salt, b.words FROM entry e JOIN body b ON b.seq = e.seq ORDER BY e.seq"
        )
        return list(cursor.fetchall())


@QUICK
@given(force=force_of, more=st.integers(1, 5))
def test_invariant_1_each_entry_carries_the_hash_of_the_one_before(shared_world, force, more):
    before = stored(shared_world)
    for _ in range(more):
        shared_world.requirement(force)

    rows = stored(shared_world)

    assert rows[: len(before)] == before
    last = NOTHING
    for entry in shared_world.register.view(EVERYTHING).entries(limit=100_000):
        assert (entry.previous, entry_hash(entry.header)) == (last, entry.hash)
        last = entry.hash
    assert all(row[10] == body_hash(row[13], row[14]) for row in rows)


@QUICK
@given(force=force_of, lines=lines)
def test_invariant_1_projections_made_of_the_journal_are_those_that_stand(
    shared_world, force, lines
):
    cycle = shared_world.round(force)
    for line in lines:
        shared_world.judged(force, line, speaker(force, SPEAKS_AT[line]), cycle=cycle)
    entries = shared_world.register.view(EVERYTHING).entries(limit=100_000)

    versions = [
        version_row(one.seq, one.subject, one.effective.isoformat(), one.value) for one in entries
    ]
    edges = [row for one in entries for row in edge_rows(one.seq, one.subject, one.value)]

    with shared_world.register.connection.cursor() as cursor:
        cursor.execute(f"SELECT {VERSION.columns} FROM version ORDER BY seq")
        assert list(cursor.fetchall()) == versions
        cursor.execute(f"SELECT {EDGE.columns} FROM edge ORDER BY id")
        assert list(cursor.fetchall()) == edges


@QUICK
@given(relation=st.sampled_from(["same", "reworded", "widened", "dropped"]), force=force_of)
def test_invariant_2_publishing_an_edition_changes_no_earlier_entry(shared_world, relation, force):
    cycle = shared_world.round(force)
    said = shared_world.judged(force, 2, speaker(force, "spr-lead"), cycle=cycle)
    before = stored(shared_world)
    subject = shared_world.fresh("edition")
    with shared_world.register.acting(shared_world.house) as act:
        crossing = Crossing(was=("public-order/psus",), now=("units",), relation=relation)
        value = forces.edition(
            label="2023", digest="c" * 64, follows=forces.SPR, crosswalk=(crossing,)
        )
        act.enter(value, subject=subject, shared=True)
        units = forces.promise(force, edition=subject, code="units", owner=None)
        act.enter(units, subject=shared_world.fresh("expectation"), shared=True)

    assert stored(shared_world)[: len(before)] == before
    assert shared_world.register.view(EVERYTHING).one(said.subject) == said


@QUICK
@given(force=force_of, line=st.sampled_from(list(SPEAKS_AT)))
def test_invariant_3_what_is_carried_never_counts_until_somebody_judges(shared_world, force, line):
    about = shared_world.requirement(force)
    last, now = shared_world.round(force), shared_world.round(force)
    by = speaker(force, SPEAKS_AT[line])
    origin = shared_world.judged(force, line, by, about=about, cycle=last)
    carried = changed(origin.value, cycle=now, standing="carried", carried_from=origin.seq)
    subject = shared_world.fresh("judgement")
    shared_world.enter(carried, subject, speaker(force, "spr-lead"))
    view = shared_world.register.view(EVERYTHING)
    assert not view.one(subject).value.counts

    made = changed(origin.value, cycle=now)
    shared_world.enter(made, subject, by)

    versions = shared_world.register.view(EVERYTHING).history(subject)
    assert [one.value.counts for one in versions] == [False, True]


@QUICK
@given(force=force_of, level=st.sampled_from(["level-1", "level-2", "level-5"]))
def test_invariant_4_a_judgement_keeps_its_reason_and_the_second_one(shared_world, force, level):
    value = forces.judgement(
        force, 2, cycle=shared_world.round(force), level=level, suggested="level-3",
        rule="by-strength@1", departure="the units were seen to deploy",
    )  # fmt: skip
    subject = shared_world.fresh("judgement")

    shared_world.enter(value, subject, speaker(force, "spr-lead"))

    held: Judgement = shared_world.register.view(EVERYTHING).one(subject).value
    assert (held.level, held.reason, held.departure) == (level, value.reason, value.departure)


@QUICK
@given(force=force_of, order=lines)
def test_invariant_5_another_person_at_each_line_is_heard_in_any_order(shared_world, force, order):
    about, cycle = shared_world.requirement(force), shared_world.round(force)
    for line in order:
        by = speaker(force, SPEAKS_AT[line])
        shared_world.judged(force, line, by, about=about, cycle=cycle)

    signed = shared_world.decided(
        force, speaker(force, "chief-officer"), act=Act.SIGN_OFF, cycle=cycle, scope=body(force)
    )

    said = shared_world.register.view(EVERYTHING).all(Judgement, cycle=cycle)
    assert len({one.holder for one in said} | {signed.holder}) == 5


@QUICK
@given(force=force_of, moves=st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_invariant_8_first_date_moves_and_reasons_stay_visible(shared_world, force, moves):
    lead = speaker(force, "spr-lead")
    value = forces.promise(force)
    subject = shared_world.enter(value, shared_world.fresh("expectation"), lead).subject
    for days in moves:
        until = value.window.end + timedelta(days=days)
        done = shared_world.decided(
            force, act=Act.EXTEND, about=subject, until=until, reason=f"{days} days"
        )
        value = changed(value, window=Window(end=until), moved_by=done.subject)
        shared_world.enter(value, subject, lead)

    view = shared_world.register.view(EVERYTHING)
    versions = [one.value for one in view.history(subject)]
    assert versions[0].window.end == date(2015, 6, 30)
    assert len(versions) == len(moves) + 1
    reasons = [view.one(one.moved_by).value.reason for one in versions[1:]]
    assert reasons == [f"{days} days" for days in moves]


@QUICK
@given(
    force=force_of,
    by=st.lists(st.sampled_from([Line.OVERSEEING, Line.INDEPENDENT, Line.BOARD]), max_size=5),
)
def test_invariant_9_closing_and_opening_again_each_count(shared_world, force, by):
    lead = speaker(force, "business-lead")
    about = shared_world.enter(forces.concern(force), shared_world.fresh("concern"), lead).subject
    for number, line in enumerate(by):
        value = forces.judgement(
            force, line, about=about, edition=None, aspect="closure", scale="closure@1",
            cycle=None, level="reopened" if number % 2 else "closed",
        )  # fmt: skip
        shared_world.enter(value, shared_world.fresh("judgement"), speaker(force, SPEAKS_AT[line]))

    said = shared_world.register.view(EVERYTHING).all(Judgement, about=about)
    assert [one.value.level for one in said].count("reopened") == len(by) // 2
    assert all(one.value.line is not Line.DOING for one in said)


@QUICK
@given(force=force_of, later=st.integers(0, 5))
def test_invariant_12_an_issued_document_is_the_same_at_its_position_ever_after(
    shared_world, force, later
):
    officer = speaker(force, "governance-officer")
    head = shared_world.register.head()
    seen = shared_world.register.view(officer)
    value = forces.document(
        force, stage="issued", position=head.size, head=head.said, kept="{}",
        cites=(Frozen(figure="psus", printed="21", seq=seen.one(PSUS).seq),),
    )  # fmt: skip
    entry = shared_world.enter(value, shared_world.fresh("document"), officer)
    for _ in range(later):
        shared_world.requirement(force)
    shared_world.enter(changed(value, stage="published"), entry.subject, officer)

    then = shared_world.register.view(officer, known_at=entry.seq)

    assert then.one(entry.subject) == entry
    assert [one.seq for one in then.entries(limit=100_000)] == [
        one.seq for one in seen.entries(limit=100_000)
    ] + [entry.seq]


@QUICK
@given(force=force_of, items=st.integers(1, 4))
def test_invariant_13_lower_goes_only_with_a_decision_for_each_item(shared_world, force, items):
    lead = speaker(force, "spr-lead")
    secrets = tuple(
        shared_world.enter(
            forces.concern(force), shared_world.fresh("concern"), lead, marking=SENSITIVE
        ).subject
        for _ in range(items)
    )
    paper = shared_world.enter(forces.document(force), shared_world.fresh("document"), lead).subject
    withheld = tuple(
        Withheld(item=one, ground="s.31", until=date(2020, 1, 1), challenge="write to the monitor")
        for one in secrets
    )
    decided = shared_world.decided(force, act=Act.REDACT, about=paper, withheld=withheld)
    value = forces.document(force, rests_on=secrets, redactions=(decided.subject,))

    entry = shared_world.enter(value, paper, lead)

    assert str(entry.marking) == "OFFICIAL"
    assert decided.value.by == post(force, "board-member")


@QUICK
@given(force=force_of, ends=st.lists(st.sampled_from(list(Stage)[1:]), min_size=1, max_size=4))
def test_invariant_14_a_proposal_ends_once_and_may_wait_before(shared_world, force, ends):
    board = speaker(force, "board-member")
    value = forces.decision(force)
    subject = shared_world.enter(value, shared_world.fresh("decision"), board).subject
    for stage in ends:
        more = {"resolved": "as amended"} if stage is Stage.AMENDED else {}
        more |= {"deferred_until": date(2016, 1, 1)} if stage is Stage.DEFERRED else {}
        shared_world.enter(changed(value, stage=stage, **more), subject, board)
        if stage is not Stage.DEFERRED:
            break

    stages = [one.value.stage for one in shared_world.register.view(EVERYTHING).history(subject)]
    assert stages[0] is Stage.PROPOSED
    assert set(stages[1:-1]) <= {Stage.DEFERRED}
    assert stages[-1] is Stage.DEFERRED or stages[-1] in (
        *IN_EFFECT,
        Stage.WITHDRAWN,
        Stage.LAPSED,
    )


@QUICK
@given(
    force=force_of,
    pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=6),
)
def test_invariant_15_answers_that_lead_one_way_are_let_in(shared_world, force, pairs):
    lead = speaker(force, "spr-lead")
    names = [
        shared_world.enter(forces.concern(force), shared_world.fresh("concern"), lead).subject
        for _ in range(5)
    ]
    onward = {(min(two), max(two)) for two in pairs if two[0] != two[1]}

    for source, target in sorted(onward):
        value = forces.link(names[source], names[target], LinkType.ANSWERS)
        shared_world.enter(value, shared_world.fresh("link"), lead)

    view = shared_world.register.view(lead)
    found = {(one.value.source, one.value.target) for one in view.links("answers")}
    assert {(names[source], names[target]) for source, target in onward} <= found
