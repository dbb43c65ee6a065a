"""Posts, strength, deployable: each on its base, none taken for another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.core.errors import DefinitionRefused, NotComparable, NotKnown
from regard.core.figures import difference
from regard.workforce.stocks import (
    APART,
    FTE,
    HEADCOUNT,
    Establishment,
    Group,
    Stocks,
    Strength,
    bases_apart,
    vacancies,
)
from workforce.rocu import whole

GROUP = Group("Essex", date(2026, 3, 31))
COUNTS = st.integers(0, 5000).map(float)


def test_establishment_adds_the_bases_that_are_named_and_says_them():
    posts = Establishment(GROUP, {"core": 472, "uplift": 27, "grant": 6})

    assert posts.on("core", "uplift").known == 499
    assert posts.on("core", "uplift").basis == "actual, on core and uplift posts"
    assert posts.on("grant").basis == "actual, on grant posts"
    assert [part.known for part in posts.on("core", "uplift").parts] == [472, 27]


@pytest.mark.parametrize("bases", [(), ("core", "core")])
def test_establishment_without_a_base_named_is_refused(bases):
    with pytest.raises(DefinitionRefused, match="each base named once"):
        Establishment(GROUP, {"core": 472}).on(*bases)


def test_a_base_without_posts_is_not_known():
    with pytest.raises(NotKnown, match="no base of posts is called 'uplift'"):
        Establishment(GROUP, {"core": 472}).on("uplift")


def test_posts_below_nought_are_refused():
    with pytest.raises(DefinitionRefused, match="-1 posts on the base 'core' of Essex"):
        Establishment(GROUP, {"core": -1})


def test_vacancies_on_two_bases_are_two_figures():
    posts, people = whole()

    wide = vacancies(posts, people, bases=("core", "uplift")).figure
    core = vacancies(posts, people, bases=("core",)).figure

    assert (wide.known, core.known) == (53, 26)
    with pytest.raises(NotComparable, match="basis is actual, on core and uplift posts"):
        difference(wide, core)


def test_the_gap_between_two_bases_is_explained_in_a_sentence():
    posts, people = whole()
    one = vacancies(posts, people, bases=("core", "uplift"))
    other = vacancies(posts, people, bases=("core",))

    found = bases_apart(other, one)

    assert found.gap.known == 27
    assert str(found.statement) == (
        "53 vacancies on core and uplift posts and 26 vacancies on core posts are two figures on "
        "two bases: they lie 27 posts apart, which are the uplift posts."
    )


def test_vacancies_of_other_people_are_not_explained_by_a_base():
    posts, people = whole()
    one = vacancies(posts, people, bases=("core", "uplift"))
    later = vacancies(posts, replace(people, people=467), bases=("core",))

    with pytest.raises(NotComparable, match="by more than a base"):
        bases_apart(one, later)


@pytest.mark.parametrize(
    "name, other, said",
    [
        ("counted_as", HEADCOUNT, "counted_as is fte and headcount"),
        ("scope", "Kent", "scope is Essex and Kent"),
        ("who", "staff", "who is officers and staff"),
        ("as_at", date(2026, 6, 30), "as_at is 2026-03-31 and 2026-06-30"),
    ],
)
def test_posts_and_people_of_another_kind_give_no_vacancies(name, other, said):
    posts = Establishment(GROUP, {"core": 472})
    people = Strength(replace(GROUP, **{name: other}), 446)

    with pytest.raises(NotComparable, match=said):
        vacancies(posts, people, bases=("core",))


def test_vacancies_say_their_base_and_over_strength_says_over():
    posts = Establishment(GROUP, {"core": 12.5})

    short = vacancies(posts, Strength(GROUP, 10), bases=("core",))
    over = vacancies(posts, Strength(GROUP, 14), bases=("core",))

    assert str(short.statement()) == (
        "On core posts: 2.5 FTE vacancies, of 12.5 FTE posts with 10 FTE officers in post."
    )
    assert str(over.statement()) == (
        "On core posts: 14 FTE officers in 12.5 FTE posts, which is 1.5 over."
    )
    assert short.rate.known == pytest.approx(20)


def test_a_rate_of_no_posts_is_refused():
    posts = Establishment(GROUP, {"core": 0})

    with pytest.raises(DefinitionRefused, match="a vacancy rate of 0 FTE posts"):
        _ = vacancies(posts, Strength(GROUP, 1), bases=("core",)).rate


def test_deployable_is_strength_less_each_state():
    apart = dict.fromkeys(APART, 5.0) | {"training": 60.0}

    found = Strength(GROUP, 446, apart).deployable()

    assert found.known == 446 - 60 - 25
    assert found.measure == "deployable"
    assert len(found.parts) == 7


def test_a_state_that_nobody_counted_leaves_deployable_missing():
    people = Strength(GROUP, 446, {"training": 60, "long-sick": None})

    found = people.deployable(less=("training", "long-sick"))

    assert found.value is None
    assert found.missing == "not counted: those on long-term sick leave"
    assert people.deployable(less=("training",)).known == 386


def test_more_people_apart_than_in_post_are_refused():
    with pytest.raises(DefinitionRefused, match="12 of the 10 in post in Essex"):
        Strength(GROUP, 10, {"training": 6, "tutor": 6})


def test_a_state_that_does_not_exist_is_not_known():
    with pytest.raises(NotKnown, match="'on-leave'"):
        Strength(GROUP, 10, {"on-leave": 1})
    with pytest.raises(NotKnown, match="'on-leave'"):
        Strength(GROUP, 10).deployable(less=("on-leave",))


def test_a_way_of_counting_that_does_not_exist_is_not_known():
    with pytest.raises(NotKnown, match="'heads'"):
        replace(GROUP, counted_as="heads")


def test_the_four_stocks_stand_side_by_side():
    posts = Establishment(GROUP, {"core": 472})
    people = Strength(GROUP, 446, {"training": 60})

    known = Stocks(posts.on("core"), people.figure, people.deployable(less=("training",)))
    unknown = replace(known, deployable=people.deployable(), trained=people.figure)

    assert str(known.statement()) == (
        "Establishment: 472 FTE posts. Strength: 446 FTE officers. Deployable: 386 FTE officers."
    )
    assert "How many can be deployed is not known: not counted: those with a tutor" in str(
        unknown.statement()
    )
    assert str(unknown.statement()).endswith("Trained and in date: 446 FTE officers.")


def test_a_group_says_itself():
    assert str(replace(GROUP, counted_as=FTE)) == "FTE officers of Essex at 31 March 2026"


@given(COUNTS, COUNTS, COUNTS)
def test_vacancies_on_the_wider_base_are_more_by_its_posts(core, uplift, people):
    posts = Establishment(GROUP, {"core": core, "uplift": uplift})
    strength = Strength(GROUP, people)
    narrow = vacancies(posts, strength, bases=("core",))
    wide = vacancies(posts, strength, bases=("core", "uplift"))

    assert bases_apart(wide, narrow).gap.known == uplift


@given(st.lists(st.integers(0, 50), min_size=6, max_size=6), st.integers(300, 500))
def test_deployable_and_those_apart_are_everybody(numbers, people):
    apart = dict(zip(APART, map(float, numbers), strict=True))

    assert Strength(GROUP, people, apart).deployable().known + sum(numbers) == people
