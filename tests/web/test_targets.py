"""Targets on screen: the gap or why there is none, and what another input would change."""

from __future__ import annotations

PSUS = "mobilisation-commitment/psus"
TRAINED = "mobilisation-commitment/level-2-trained"
TRIED = {"input-units": "18", "input-officers": "26", "input-times": "3"}


def test_the_list_shows_formula_value_and_gap(site):
    page = site.client("acc-operations").get("/registers/targets").content.decode()

    assert "1,326 officers" in page
    assert "132.6 officers" in page
    assert "nothing was observed" in page


def test_33_units_of_the_region_are_not_subtracted_from_those_of_the_force(site):
    client = site.client("acc-operations")
    client.post("/as-at", {"day_day": "10", "day_month": "3", "day_year": "2019"})

    page = client.get(f"/registers/target/{PSUS}").content.decode()

    assert "33 PSUs" in page
    assert "21 PSUs" in page
    assert "are not subtracted" in page
    assert "scope is West Midlands region" in page
    assert "12 PSUs" not in page


def test_every_figure_that_would_change_is_shown_and_nothing_is_entered(site):
    before = site.register.head()

    page = site.client("spr-lead").get(f"/registers/what-if/{TRAINED}", TRIED).content.decode()

    assert "1,404 officers" in page
    assert "210.6 officers" in page
    assert "Change the inputs" in page
    assert site.register.head() == before


def test_the_same_numbers_change_nothing(site):
    page = site.client("spr-lead").get(
        f"/registers/what-if/{TRAINED}", TRIED | {"input-units": "17"}
    )

    assert "Nothing would change" in page.content.decode()


def test_what_is_no_number_is_told_at_its_field(site):
    told = site.client("spr-lead").get(
        f"/registers/what-if/{TRAINED}", TRIED | {"input-units": "a dozen"}
    )

    assert told.status_code == 422
    assert "must be a number" in told.content.decode()
    assert "a dozen" in told.content.decode()


def test_who_decides_changes_the_inputs_in_one_act(site):
    client, before = site.client("spr-lead"), site.register.head().size

    sent = client.post(f"/registers/change/{TRAINED}", TRIED | {"reason": "One more unit"})

    assert sent.status_code == 302, sent.content.decode()
    assert site.register.head().size == before + 2
    assert "1,404 officers" in client.get(f"/registers/target/{TRAINED}").content.decode()


def test_a_business_lead_proposes_them_and_they_stand_until_they_are_taken(site):
    client = site.client("acc-operations")
    words = TRIED | {"reason": "One more unit", "decides": "party:spr-lead"}

    assert client.post(f"/registers/change/{TRAINED}", words).status_code == 302
    assert "1,326 officers" in client.get(f"/registers/target/{TRAINED}").content.decode()

    proposal = f"change/expectation/{TRAINED}/1"
    sent = site.client("spr-lead").post(f"/registers/resolve/{proposal}", {"stage": "taken"})
    assert sent.status_code == 302, sent.content.decode()
    assert "1,404 officers" in client.get(f"/registers/target/{TRAINED}").content.decode()


def test_without_a_reason_nothing_changes_and_the_numbers_are_kept(site):
    before = site.register.head()

    told = site.client("spr-lead").post(f"/registers/change/{TRAINED}", TRIED)

    assert told.status_code == 422
    assert 'name="input-units" value="18"' in told.content.decode()
    assert site.register.head() == before


def test_a_post_that_proposes_nothing_is_refused(site):
    before = site.register.head()

    told = site.client("hmic-inspector").post(
        f"/registers/change/{TRAINED}", TRIED | {"reason": "One more unit"}
    )

    assert told.status_code == 403
    assert site.register.head() == before
