"""A lead judges with a reason, a reviewer answers, a chief officer signs, the board says whether
it is assured: each at its own line."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assurance.round_setting import CYCLE, FORCE, SHELF, Setting, duties, found, key
from regard.assurance.cells import cells
from regard.assurance.judging import (
    Word,
    assure,
    challenge,
    inspect,
    judge,
    questions_of,
    sign_off,
)
from regard.assurance.several import judge_all
from regard.core.errors import AccessRefused, DefinitionRefused, EntryRefused, NotKnown
from regard.library.suggesting import Held
from regard.register.kinds import Absent, Act, Confidence, Judgement, Line

UNITS = key("order/units")
ORDER = "expectation:try-1/order"
LEVELS = ("not-met", "partly-met", "met", "met-and-sustained")


@pytest.fixture
def setting(tmp_path, database_url):
    held = found(tmp_path, database_url)
    held.publish()
    held.open(duties=duties(held, 1, 20, 2, 0, 3))
    return held


def say(setting: Setting, where=UNITS, by="lead", **given):
    word = Word(**{"reason": "Nothing was collected.", "level": "not-met", "evidence": (), **given})
    return judge(setting.register, CYCLE, where, word, by=setting.who[by], held=SHELF)


def test_the_lead_judges_and_what_the_rule_suggests_is_kept_beside(setting):
    entry = say(setting, confidence=Confidence.LOW)

    assert entry.value.line is Line.DOING
    assert (entry.value.level, entry.value.suggested) == ("not-met", "not-met")
    assert entry.value.rule == "spr-demand@1"
    assert entry.value.confidence is Confidence.LOW
    assert entry.post == "party:lead"


def test_departing_from_the_suggestion_needs_a_second_reason(setting):
    with pytest.raises(DefinitionRefused) as refused:
        say(setting, level="met")
    entry = say(setting, level="met", departure="The exercise was seen and is being written up.")

    said = str(refused.value)
    assert "try-1/order/units of west-midlands under capacity" in said
    assert "departs from 'not-met'" in said
    assert "evidence: there is none suggests not-met" in said
    assert entry.value.departure.startswith("The exercise")


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(st.sampled_from(LEVELS), st.sampled_from(["", "  ", "Why."]), st.sampled_from(["", "Why."]))
def test_no_judgement_without_a_reason_and_none_departs_without_a_second(
    setting, level, reason, departure
):
    before = setting.register.head()
    allowed = bool(reason.strip()) and (level == "not-met" or bool(departure.strip()))

    try:
        entry = say(setting, level=level, reason=reason, departure=departure)
    except DefinitionRefused:
        entry = None

    assert (entry is not None) == allowed
    assert allowed or setting.register.head() == before


def test_indicators_that_are_given_are_kept_with_the_reason(setting):
    entry = judge(
        setting.register,
        CYCLE,
        UNITS,
        Word("As found.", level="not-met", evidence=()),
        by=setting.who["lead"],
        indicators=(Held("plan tested", "indicator@1", "partly-in-place"),),
        held=SHELF,
    )

    assert entry.value.reason == "As found.\nIndicator: plan tested: partly-in-place"


def test_there_is_no_level_outside_the_scale(setting):
    with pytest.raises(NotKnown, match="no level of spr-position@1 is called 'green'"):
        say(setting, level="green", departure="Why not.")


def test_a_c_that_the_round_does_not_ask_is_not_known(setting):
    with pytest.raises(NotKnown, match="no C of cycle:2014-q4 is called 'consistency'"):
        say(setting, key("order/units", "consistency"))


def test_a_heading_is_not_judged(setting):
    with pytest.raises(DefinitionRefused, match="try-1/order is a heading"):
        say(setting, key("order"))


@pytest.mark.parametrize("by", ["spr", "chief", "board", "inspector", "reader"])
def test_only_the_named_lead_judges_at_line_1(setting, by):
    before = setting.register.head()

    with pytest.raises(AccessRefused):
        say(setting, by=by)

    assert setting.register.head() == before


def test_many_cells_are_judged_in_one_act_or_none_is(setting):
    keys = tuple(cells(setting.view(), CYCLE).cells)
    word = Word("Nothing was collected.", level="not-met", evidence=())
    wrong = Word("It is fine.", level="met", evidence=())
    by = setting.who["lead"]
    before = setting.register.head()

    with pytest.raises(DefinitionRefused, match="under capability"):
        judge_all(setting.register, CYCLE, [(keys[0], word), (keys[1], wrong)], by=by, held=SHELF)
    untouched = setting.register.head() == before
    done = judge_all(setting.register, CYCLE, [(one, word) for one in keys], by=by, held=SHELF)

    assert untouched
    assert len(done) == len(keys) == len(setting.view().all(Judgement, cycle=CYCLE))
    assert judge_all(setting.register, CYCLE, [], by=by, held=SHELF) == ()


# Challenge


def test_a_reviewer_agrees_or_takes_another_view(setting):
    first, other = say(setting), say(setting, key("order/gear"))

    agreed = challenge(setting.register, first.seq, Word("I saw it."), by=setting.who["spr"])
    word = Word("Two carriers came.", level="partly-met")
    differs = challenge(setting.register, other.seq, word, by=setting.who["spr"])

    assert (agreed.value.level, agreed.value.answers) == ("not-met", first.seq)
    assert (differs.value.level, differs.value.line) == ("partly-met", Line.OVERSEEING)


def test_a_reviewer_agrees_that_it_does_not_apply(setting):
    first = say(setting, level=None, absent=Absent.NOT_APPLICABLE, departure="No such units.")

    agreed = challenge(setting.register, first.seq, Word("So it is."), by=setting.who["spr"])

    assert (agreed.value.level, agreed.value.absent) == (None, Absent.NOT_APPLICABLE)


def test_another_view_is_another_level(setting):
    first = say(setting)

    with pytest.raises(DefinitionRefused, match=f"not-met is what entry {first.seq} judged"):
        challenge(setting.register, first.seq, Word("No.", level="not-met"), by=setting.who["spr"])


def test_what_was_judged_again_or_is_no_leads_word_is_not_answered(setting):
    first = say(setting)
    second = say(setting, reason="Still nothing.")
    by = setting.who["spr"]
    answer = challenge(setting.register, second.seq, Word("Seen."), by=by)

    with pytest.raises(EntryRefused, match=f"was judged again by entry {second.seq}"):
        challenge(setting.register, first.seq, Word("Seen."), by=by)
    with pytest.raises(EntryRefused, match="was said at line 2"):
        challenge(setting.register, answer.seq, Word("Seen."), by=by)
    with pytest.raises(NotKnown, match="no judgement is called"):
        challenge(setting.register, 1, Word("Seen."), by=by)


def test_an_inspector_judges_independently_at_line_3(setting):
    word = Word("Inspected in November.", level="partly-met")

    entry = inspect(setting.register, CYCLE, UNITS, word, by=setting.who["inspector"])

    assert entry.value.line is Line.INDEPENDENT
    assert entry.value.suggested is None


# The board and the chief officer


def test_the_board_says_whether_it_is_assured_with_what_it_asked(setting):
    entry = assure(
        setting.register,
        CYCLE,
        scope=FORCE,
        about=ORDER,
        word=Word("Shown by exercise.", level="assured"),
        asked=("What is delayed at home?", "For how long?"),
        by=setting.who["board"],
    )

    assert entry.value.line is Line.BOARD
    assert entry.value.scale == "board-assurance@1"
    assert questions_of(entry.value) == ("What is delayed at home?", "For how long?")


def test_the_board_has_a_scale_of_its_own_and_gives_a_level(setting):
    board = setting.who["board"]
    given_of = {"scope": FORCE, "about": ORDER, "by": board}

    with pytest.raises(NotKnown, match="no level of board-assurance@1"):
        assure(setting.register, CYCLE, word=Word("Seen.", level="met"), **given_of)
    with pytest.raises(DefinitionRefused, match="the board says nothing of try-1/order"):
        assure(setting.register, CYCLE, word=Word("Seen."), **given_of)


def test_a_chief_officer_signs_off_what_all_have_said_and_nothing_before(setting):
    chief = setting.who["chief"]

    with pytest.raises(EntryRefused, match="cannot be signed off for west-midlands: party:lead"):
        sign_off(setting.register, CYCLE, scope=FORCE, reason="Read.", by=chief)
    for where in cells(setting.view(), CYCLE).cells:
        entry = say(setting, where)
        challenge(setting.register, entry.seq, Word("Seen."), by=setting.who["spr"])
    done = sign_off(setting.register, CYCLE, scope=FORCE, reason="Read.", by=chief)

    assert done.value.act is Act.SIGN_OFF
    assert (done.value.scope, done.value.cycle, done.value.by) == (FORCE, CYCLE, "party:chief")


def test_nobody_else_signs_off(setting):
    for where in cells(setting.view(), CYCLE).cells:
        entry = say(setting, where)
        challenge(setting.register, entry.seq, Word("Seen."), by=setting.who["spr"])

    with pytest.raises(AccessRefused):
        sign_off(setting.register, CYCLE, scope=FORCE, reason="Read.", by=setting.who["lead"])
