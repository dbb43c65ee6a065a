"""The closed set: no digits but figures and dates, and no word of cause, in anything said."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from regard.core.errors import DefinitionRefused, NotKnown
from regard.core.periods import FinancialYear, Month
from regard.core.statements import Statement
from regard.signals.changes import compare_to_last_year
from regard.signals.conventions import ASSURANCES, CALENDARS, RULES, SIGNALS, VARIATIONS
from regard.signals.methods import read
from regard.signals.milestones import milestone_pace
from regard.signals.paces import STANDINGS, Milestone
from regard.signals.ranks import AS_LAST_YEAR, AT_THE_AVERAGE, rank_in_history
from regard.signals.sentences import TEMPLATES, say
from regard.signals.shares import composition
from signals.conftest import made_figure, made_series

CAUSES = re.compile(
    r"\b(because|due to|caus\w+|driven|drives?|as a result|result(s|ed|ing)? (of|from|in)|thanks to"
    r"|led to|leads? to|owing to|on account of|attributed|attributes|attributable|attribution|"
    r"explain\w*|reflect\w*|contribut\w+|"
    r"responsible|therefore|thus|hence|consequen\w+|so that|following|impact\w*|effect\w*|"
    r"brought about|stems?|down to|reason\w*|success\w*|failed|failure|why|since then)\b",
    re.IGNORECASE,
)
MONTHS = "January February March April May June July August September October November December"
DATES = re.compile(rf"(\d{{1,2}} )?({'|'.join(MONTHS.split())}) \d{{4}}|\d{{4}}/\d{{2}}")
KEPT = {"no account of season"}


def untraced(statement: Statement) -> list[str]:
    """Digits of a statement that belong to no figure, month, day or financial year."""
    loose = [DATES.sub("", part.text) for part in statement.parts if part.figure is None]
    return [text for text in loose if re.search(r"\d", text)]


def causal(text: str) -> list[str]:
    """Words of cause in a text."""
    for kept in KEPT:
        text = text.replace(kept, "")
    return [found[0] for found in CAUSES.finditer(text)]


@pytest.mark.parametrize("text", list(TEMPLATES.values()))
def test_no_template_holds_a_word_of_cause_or_a_digit(text):
    assert causal(text) == []
    assert not re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))
    assert text.endswith(".")


@pytest.mark.parametrize("word", [*SIGNALS, *VARIATIONS, *STANDINGS, AS_LAST_YEAR, AT_THE_AVERAGE])
def test_no_closed_word_is_a_word_of_cause(word):
    assert causal(word.replace("special cause", "").replace("common cause", "")) == []


@pytest.mark.parametrize(
    "planted", ["It fell because of Sentinel.", "The rise is down to reporting.", "It led to 9."]
)
def test_a_planted_word_of_cause_is_caught(planted):
    assert causal(planted)


def test_a_planted_digit_without_a_figure_is_caught():
    planted = Statement.of("It fell by {size}.", size="9 offences")

    assert untraced(planted) == ["9 offences"]


def check(statements) -> int:
    for statement in statements:
        text = str(statement)
        assert untraced(statement) == [], text
        assert causal(text.replace("special cause", "").replace("common cause", "")) == [], text
        assert "None" not in text
        assert "nan" not in text.split()
    return len(statements)


def some_series(random):
    """A series of any size and kind, with steps, missing months and a start anywhere."""
    months = int(random.integers(2, 70))
    level = random.choice([0.2, 3.0, 40.0, 900.0, 14_000.0])
    phi = random.choice([1.01, 2.0, 6.0])
    values = random.negative_binomial(level / (phi - 1), 1 / phi, months).astype(float)
    bases = None
    if random.random() < 0.1:
        values[:] = values[0]
    if random.random() < 0.3:
        values[months // 2 :] *= 2
    kind, unit = "count", "offences"
    if random.random() < 0.25:
        values, kind, unit = 100 * random.beta(80, 20, months), "proportion", "%"
        if random.random() < 0.5:
            bases = tuple(random.integers(0, 900, months).astype(float).tolist())
    held = [None if random.random() < 0.05 else float(value) for value in values]
    held[int(random.integers(0, months))] = float(values[0])
    start = Month(2001, 1) + int(random.integers(0, 200))
    better = str(random.choice(["lower", "higher", "neither"]))
    return made_series(held, kind=kind, unit=unit, better=better, start=start, bases=bases)


MANY = pytest.param(600, 3_000, marks=[pytest.mark.slow, pytest.mark.statistics])


@pytest.mark.parametrize(("readings", "statements"), [(60, 300), MANY])
def test_nothing_that_many_readings_say_is_untraced_or_a_cause(readings, statements):
    random = np.random.default_rng(20_260)
    said = 0
    for _ in range(readings):
        series = some_series(random)
        baselines = tuple(
            series.start + int(at)
            for at in random.integers(-3, len(series.values) + 3, random.integers(0, 3))
        )
        reading = read(
            series,
            baselines=baselines,
            target=None if random.random() < 0.5 else float(random.integers(0, 1000)),
            method=str(random.choice(list(RULES))),
            calendar=str(random.choice(CALENDARS)),
            freeze=int(random.choice([0, 0, 12])),
        )
        said += check(reading.statements())
        assert reading.variation in VARIATIONS
        assert reading.assurance in ASSURANCES

    assert said > statements


@pytest.mark.slow
@pytest.mark.statistics
def test_nothing_that_600_comparisons_and_milestones_say_is_untraced_or_a_cause():
    random = np.random.default_rng(7)
    history = made_series(random.poisson(900, 60))
    for _ in range(600):
        now, then, more = (int(random.choice([0, 5, 900, 40_000])) for _ in range(3))
        end = date(2013, int(random.integers(4, 13)), 28)
        last = end.replace(year=2012)
        so_far = made_figure(now, date(2013, 4, 1), end)
        same = made_figure(then, date(2012, 4, 1), last)
        base = made_figure(then + more + 1, date(2012, 4, 1), date(2013, 3, 31))
        phi = random.choice([None, 1.0, 4.0])
        change = compare_to_last_year(so_far, same, dispersion=phi, baselines=[Month(2012, 12)])
        milestone = Milestone(
            FinancialYear(2013),
            str(random.choice(["lower", "higher"])),
            change=float(random.choice([-8, -2.5, 5])),
        )
        pace = milestone_pace(milestone, so_far, base_year=base, same_period=same, history=history)
        rank = rank_in_history(so_far, [base], since=FinancialYear(2010), same_period=same)

        check(change.statements())
        check(pace.statements())
        check(rank.statements())


def test_nothing_that_percentages_and_shares_say_is_untraced_or_a_cause():
    random = np.random.default_rng(8)
    for _ in range(300):
        now, then = random.random(2) * 100
        year, before = (date(2013, 4, 1), date(2014, 2, 28)), (date(2012, 4, 1), date(2013, 2, 28))
        share, last = made_figure(now, *year, unit="%"), made_figure(then, *before, unit="%")
        bases = None if random.random() < 0.2 else (500, 400)
        whole_now, whole_then = made_figure(200, *year), made_figure(150, *before)
        part_now, part_then = made_figure(now + 1, *year), made_figure(then + 1, *before)
        found = composition(
            part_now=part_now, part_then=part_then, whole_now=whole_now, whole_then=whole_then
        )
        level = Milestone(FinancialYear(2013), "higher", level=88)

        check(compare_to_last_year(share, last, dispersion=1.5, bases=bases).statements())
        check(milestone_pace(level, share).statements())
        check(found.statements(part="Shop theft", whole="business crime"))


def test_a_sentence_that_is_not_in_the_set_is_refused():
    with pytest.raises(NotKnown, match="no sentence is called 'steady'"):
        say("steady")


def test_a_sentence_wants_all_its_values():
    with pytest.raises(DefinitionRefused, match="wants"):
        say("stable")


def test_a_sentence_says_a_unit_once_for_two_figures():
    then, now = (made_figure(v, date(2013, 4, 1), date(2014, 3, 31)) for v in (1950, 1829))

    told = Statement.of("From {then:number} to {now}.", then=then, now=now)

    assert str(told) == "From 1,950 to 1,829 offences."
    assert told.figures == (then, now)
