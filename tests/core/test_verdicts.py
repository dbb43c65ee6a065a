from __future__ import annotations

from regard.core.verdicts import MEANINGS, Verdict


def test_a_verdict_has_a_word_of_its_own_and_no_two_share_one() -> None:
    words = [str(one) for one in Verdict]

    assert len(words) == len(set(words))
    assert all(word.strip() == word != "" for word in words)


def test_every_verdict_has_its_meaning_of_one_claim_and_of_several() -> None:
    assert set(MEANINGS) == set(Verdict)
    assert all(one and several for one, several in MEANINGS.values())
