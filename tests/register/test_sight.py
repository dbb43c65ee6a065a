"""What a reader may see, as the database is asked for it: the rule of access and nothing else."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regard.register.access import Standing, may_read
from regard.register.kinds import KINDS
from regard.register.roles import ROLES
from regard.register.rows import marking_of
from regard.register.sight import EVERYTHING_SEEN, sight_of
from register import matrix
from register.forces import FORCES, body, speaker

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE: gold")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    roles=st.lists(st.sampled_from(sorted(ROLES)), max_size=3),
    groups=st.frozensets(st.sampled_from(["gold", "silver"])),
    force=st.sampled_from(FORCES),
)
def test_the_rows_that_are_seen_are_those_that_may_be_read(shared_world, roles, groups, force):
    if not getattr(shared_world, "stands", None):
        shared_world.stands = matrix.fill(shared_world)
    standing = Standing(
        speaker(force, "reader"), tuple(ROLES[one] for one in roles), groups, body(force)
    )
    sight = sight_of(standing, MARKINGS)
    connection = shared_world.register.connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.seq FROM entry e WHERE {sight.of('e')}", list(sight.values))
        seen = {seq for (seq,) in cursor.fetchall()}
        cursor.execute("SELECT seq, kind, marking, force FROM entry")
        every = cursor.fetchall()

    assert seen == {
        seq
        for seq, kind, marking, whose in every
        if may_read(standing, kind, marking=marking_of(marking), force=whose)
    }


def test_an_inspector_in_every_group_sees_everything():
    standing = Standing(
        speaker("avon", "inspector"), (ROLES["inspector"],), frozenset({"gold"}), body("avon")
    )

    assert sight_of(standing, MARKINGS) is EVERYTHING_SEEN
    assert set(KINDS) == ROLES["inspector"].reads
