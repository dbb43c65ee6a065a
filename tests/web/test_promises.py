"""Promises of issued papers on screen: the one of March 2019 reads well in 2021."""

from __future__ import annotations

PATH = "promises-west-midlands/ctsfo-uplift-2019"


def looked_at(site, day: tuple[str, str, str]) -> str:
    client = site.client("commissioner")
    client.post("/as-at", dict(zip(("day_day", "day_month", "day_year"), day, strict=True)))
    return client.get(f"/registers/promise/{PATH}").content.decode()


def test_the_promise_of_march_2019_was_broken_with_both_numbers_in_2021(site):
    page = looked_at(site, ("31", "12", "2021"))

    assert "Broken" in page
    assert "37 officers" in page
    assert "56 officers" in page
    assert "31 March 2019" in page
    assert "/trace/" in page
    assert "Strategic Policing Requirement: update" in page


def test_in_march_2019_it_was_still_to_come(site):
    page = looked_at(site, ("10", "3", "2019"))

    assert "To come" in page
    assert "Broken" not in page


def test_the_list_says_how_many_the_next_paper_must_answer(site):
    page = site.client("commissioner").get("/registers/promises").content.decode()
    some = site.client("commissioner").get("/registers/promises", {"became": "broken"})

    assert "11 of 13 must be answered by the next paper." in page
    assert some.content.decode().count('scope="row"') == 1


def test_an_action_that_no_paper_promised_is_refused_in_words(site):
    told = site.client("commissioner").get("/registers/promise/grants/armed-uplift-programme")

    assert told.status_code == 409
    assert "was promised by no paper" in told.content.decode()
