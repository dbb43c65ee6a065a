"""Heads that leave the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from regard.core.errors import RegisterDamaged
from regard.register.kinds import changed
from regard.register.signing import new_key, read_witness, verify
from regard.register.witnessing import printed_heads, witness
from register.forces import World, concern, document, speaker
from register.tampering import rewrite_suffix
from register.watching import past_the_journal

LEAD, OFFICER = speaker("avon", "spr-lead"), speaker("avon", "governance-officer")


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    file = tmp_path / "key.pem"
    return file, new_key(file)


def test_each_head_is_signed_after_the_last(world: World, key, tmp_path):
    file = tmp_path / "witness.jsonl"
    first = witness(world.register, file, key[0])
    world.enter(concern("avon"), "concern:a", LEAD)

    second = witness(world.register, file, key[0])

    assert read_witness(file) == (first, second)
    assert second.head == world.register.head()
    assert verify(second, key[1])


@past_the_journal
def test_nothing_is_signed_over_a_journal_written_anew(world, key, tmp_path):
    file = tmp_path / "witness.jsonl"
    world.enter(concern("avon"), "concern:a", LEAD)
    witness(world.register, file, key[0])
    rewrite_suffix(world.register, world.register.head().size, '{"text":"another"}')

    with pytest.raises(RegisterDamaged, match="line 1"):
        witness(world.register, file, key[0])

    assert len(read_witness(file)) == 1


@past_the_journal
def test_heads_printed_on_documents_are_compared(world):
    head = world.register.head()
    value = document("avon", position=head.size, head=head.said)
    world.enter(value, "document:a", OFFICER)
    world.enter(changed(value, stage="issued"), "document:a", OFFICER)

    (holds,) = printed_heads(world.register, OFFICER)
    rewrite_suffix(world.register, head.size, '{"text":"another"}')
    (broken,) = printed_heads(world.register, OFFICER)

    assert (holds.document, holds.claim.said, holds.claim.holds) == ("document:a", head.said, True)
    assert not broken.claim.holds
