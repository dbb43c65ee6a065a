"""The example's capability: brought in once, and a force's own file left alone."""

from __future__ import annotations

import pytest

from regard.assurance.expense import answered_by, expenses
from regard.board.capability_demonstration import PRICED, build_capability, keep_answers
from regard.board.register_demonstration import build_register
from regard.capability.configured import FILE
from regard.register.access import EVERYTHING
from regard.register.register import Register

ACKNOWLEDGE = "decision:strategic-policing-and-crime-board/2015-02-03/recommendation-1"


@pytest.mark.slow
@pytest.mark.screens
def test_it_is_brought_in_once_and_says_what_the_paper_says(tmp_path):
    first = build_capability(tmp_path)
    (tmp_path / FILE).write_text((tmp_path / FILE).read_text() + "# ours\n")
    second = build_capability(tmp_path)

    assert first.said()[0].startswith("9")
    assert "448.4" in " ".join(first.said())
    assert "generated" in " ".join(first.said()).lower()
    assert "before" in second.said()[0]
    assert (tmp_path / FILE).read_text().endswith("# ours\n")


@pytest.mark.slow
@pytest.mark.demo
def test_each_kept_answer_shows_the_cost_of_its_own_duty_alone(tmp_path):
    build_capability(tmp_path)
    build_register(tmp_path, formats=()).remembered.register.close()
    first, again = keep_answers(tmp_path), keep_answers(tmp_path)
    register = Register.open(tmp_path)
    view = register.view(EVERYTHING)

    found = {one.link.value.source: one for one in expenses(view)}
    (answered,) = answered_by(view, view.one(ACKNOWLEDGE))
    register.close()

    assert len(first) == len(PRICED)
    assert again == ("Answers of stress tests had been kept before.",)
    for psus, (duty, note) in PRICED.items():
        (told,) = found[duty].costs()
        assert f"Stress test: {psus} PSUs for 6 days" in str(told)
        assert note in str(told)
    assert str(answered).startswith("What the recommendation says in words is worked out:")
    assert "a call for 7 PSUs for 6 days" in str(answered)
    assert "17 PSUs" not in str(answered)
    assert "the paper of 2015 prints no number" in str(answered)
