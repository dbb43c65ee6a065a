"""How sign-in withstands who guesses, and how a session begins and ends."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.utils import timezone

from regard.core.errors import RegisterBusy
from regard.web.models import Account, Guessing
from regard.web.settings import IDLE, LONGEST
from regard.web.signing import guessing, hashing, second_factor
from regard.web.signing.sessions import BEGAN, SEEN
from web.conftest import PASSWORD, Site
from web.test_front import TOKEN


@pytest.fixture(scope="module")
def hashed() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def lead(site: Site, hashed: str) -> Account:
    account = site.account("acc-security")
    account.password = hashed
    account.save()
    return account


@pytest.fixture
def hashes(monkeypatch) -> list[str]:
    """Every password that was hashed; quickly, and as none."""
    found: list[str] = []

    def verify(self, password, encoded):
        found.append(password)
        return password == PASSWORD

    monkeypatch.setattr(hashing.Argon2id, "verify", verify)
    monkeypatch.setattr(hashing.Argon2id, "must_update", lambda self, encoded: False)
    monkeypatch.setattr(
        hashing.Argon2id, "encode", lambda self, password, salt: found.append(password) or "argon2"
    )
    return found


def tries(client, name="acc-security", password="wrong", **more):  # noqa: S107
    return client.post("/sign-in", {"username": name, "password": password}, **more)


@pytest.fixture
def clock(monkeypatch):
    """A clock that is put forward by hand."""
    held = [timezone.now()]
    monkeypatch.setattr(guessing.timezone, "now", lambda: held[0])

    def forward(**time):
        held[0] += timedelta(**time)

    return forward


def test_one_address_makes_at_most_ten_tries_of_an_account_in_a_quarter_of_an_hour(site, clock):
    request, let_in = RequestFactory().get("/"), 0

    for _ in range(450):
        let_in += guessing.taken(request, "acc-security") == 0
        clock(seconds=2)

    assert 5 <= let_in <= 10


def test_one_address_makes_at_most_a_hundred_tries_in_a_quarter_of_an_hour(site, clock):
    request, let_in = RequestFactory().get("/"), 0

    for number in range(450):
        let_in += guessing.taken(request, f"name-{number}") == 0
        clock(seconds=2)

    assert 50 <= let_in <= 100


def test_what_is_not_let_in_is_not_hashed(site, lead, hashes, clock):
    client = site.client()

    for _ in range(12):
        tries(client)

    assert len(hashes) == 5


def test_who_guessed_too_often_is_told_when_to_come_again(site, lead, hashes, clock):
    client = site.client()
    for _ in range(5):
        assert tries(client).status_code == 422

    told = tries(client, password=PASSWORD)

    assert told.status_code == 429
    assert told.headers["Retry-After"] == "180"
    assert "Try again in 3 minutes" in told.content.decode()
    clock(minutes=3)
    assert tries(client, password=PASSWORD).status_code == 302


def test_too_many_tries_are_told_alike_of_a_name_that_is_unknown(site, lead, hashes, clock):
    told = []
    for name in ("acc-security", "nobody-at-all"):
        client = Client()
        for _ in range(5):
            tries(client, name)
        answer = tries(client, name)
        told.append((answer.status_code, TOKEN.sub("", answer.content.decode()).replace(name, "")))

    assert told[0] == told[1]
    assert told[0][0] == 429


def test_an_unknown_name_an_ended_account_and_a_wrong_password_hash_once_each(
    site, lead, hashes, clock
):
    Account.objects.filter(username="spr-lead").update(is_active=False, password=lead.password)

    for name in ("acc-security", "nobody-at-all", "spr-lead", "chief-constable"):
        before = len(hashes)
        tries(Client(), name)
        assert len(hashes) - before == 1, name


def test_nobody_locks_another_out_from_elsewhere(site, lead, hashes, clock):
    for _ in range(20):
        tries(Client(), REMOTE_ADDR="203.0.113.9")

    assert tries(Client(), password=PASSWORD, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_nobody_locks_another_out_of_a_browser_that_is_known_behind_the_same_address(
    site, lead, hashes, clock
):
    chief = Client()
    assert tries(chief, password=PASSWORD).status_code == 302
    chief.post("/sign-out")
    for number in range(80):
        tries(Client(), "acc-security" if number < 20 else f"name-{number}")

    assert tries(Client(), password=PASSWORD).status_code == 429
    assert tries(chief, password=PASSWORD).status_code == 302


def test_a_known_browser_has_tries_of_its_own_for_its_own_account_alone(site, lead, hashes, clock):
    known = Client()
    tries(known, password=PASSWORD)
    known.post("/sign-out")

    told = [tries(known, "spr-lead").status_code for _ in range(7)]

    assert told == [422] * 5 + [429] * 2
    assert [tries(known).status_code for _ in range(7)] == [422] * 5 + [429] * 2


def test_a_right_password_gives_the_tries_back(site, lead, hashes, clock):
    for _ in range(30):
        client = Client()
        assert tries(client).status_code == 422
        assert tries(client, password=PASSWORD).status_code == 302


def test_a_forged_cookie_makes_no_browser_known(site, lead, hashes, clock):
    client = Client()
    client.cookies["regard-device"] = "WyJhY2Mtc2VjdXJpdHkiLCJ4Il0:1abc:forged"
    for _ in range(5):
        tries(client)

    assert tries(client).status_code == 429


def test_tries_hold_neither_names_nor_addresses(site, lead, hashes, clock):
    tries(site.client(), "my-password-by-mistake")

    held = " ".join(Guessing.objects.values_list("key", flat=True))
    assert "my-password" not in held
    assert "127.0.0.1" not in held


def test_tries_are_forgotten_after_a_day(site, lead, hashes, clock):
    tries(site.client())
    clock(days=2)
    tries(Client(), "another", REMOTE_ADDR="203.0.113.9")

    assert Guessing.objects.count() == 2


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "", "127.0.0.1"),
        (1, "2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "no address", "no address"),
    ],
)
def test_an_address_is_what_the_nearest_trusted_proxy_says(proxies, said, address):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": said} if said else {})

    with override_settings(REGARD_PROXIES=proxies):
        assert guessing.address_of(request) == address


def test_no_more_than_four_passwords_are_hashed_at_once(monkeypatch):
    at_once, most = [0], [0]
    guard = threading.Lock()

    def slow(self, password, encoded):
        with guard:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        with guard:
            at_once[0] -= 1
        return False

    monkeypatch.setattr(hashing.Argon2PasswordHasher, "verify", slow)
    threads = [
        threading.Thread(target=hashing.Argon2id().verify, args=("x", "y")) for _ in range(12)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert most[0] == hashing.AT_ONCE


def test_who_waits_too_long_for_a_hash_is_told_to_come_again(site, monkeypatch):
    monkeypatch.setattr(hashing, "PATIENCE", 0.01)
    for _ in range(hashing.AT_ONCE):
        assert hashing._TURNS.acquire(timeout=1)
    try:
        with pytest.raises(RegisterBusy):
            hashing.Argon2id().verify("x", "y")
        told = tries(site.client())
    finally:
        for _ in range(hashing.AT_ONCE):
            hashing._TURNS.release()

    assert told.status_code == 503
    assert "Retry-After" in told.headers


def test_a_session_has_a_new_id_at_sign_in_and_none_after_sign_out(site, lead):
    client = site.client()
    client.get("/sign-in/by-provider")
    client.session.save()
    before = client.session.session_key

    tries(client, password=PASSWORD)
    during = client.session.session_key
    client.post("/sign-out")

    assert during not in (None, before)
    thief = Client()
    thief.cookies["regard-session"] = during
    assert thief.get("/account").status_code == 302


def test_a_session_ends_half_an_hour_after_its_last_page(site):
    client = site.client("acc-security")
    client.get("/account")

    assert client.session.get_expiry_age() == IDLE == 30 * 60


def test_a_session_that_is_used_is_kept_and_written_once_a_minute(site):
    client = site.client("acc-security")
    client.get("/account")
    session = client.session
    session[SEEN] = int(time.time()) - 61
    session.save()

    kept = client.get("/account").cookies
    again = client.get("/account").cookies

    assert kept["regard-session"]["max-age"] == IDLE
    assert "regard-session" not in again


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(site):
    client = site.client("acc-security")
    session = client.session
    session[BEGAN] = int(time.time()) - LONGEST + 60
    session.save()
    assert client.get("/account").status_code == 200

    session[BEGAN] = int(time.time()) - LONGEST
    session.save()

    assert client.get("/account").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("key", [BEGAN])
def test_a_session_that_does_not_say_when_it_began_has_ended(site, key):
    client = site.client("acc-security")
    session = client.session
    del session[key]
    session.save()

    assert client.get("/account").status_code == 302


def test_a_changed_password_ends_every_other_session(site, lead):
    here, there = Client(), Client()
    for one in (here, there):
        tries(one, password=PASSWORD)
    new = "another word for practice"

    done = here.post("/account/password", {"old": PASSWORD, "new": new, "again": new})

    assert done.headers["Location"] == "/account"
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    assert tries(Client(), password=PASSWORD).status_code == 422
    assert tries(Client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"old": "wrong"}, "This is not your password"),
        ({"again": "something else"}, "The two new passwords differ"),
        ({"new": "short", "again": "short"}, "too short"),
        ({"new": PASSWORD, "again": PASSWORD}, "Choose another password"),
        ({"new": "acc-security1", "again": "acc-security1"}, "too similar"),
        ({"new": "password1234", "again": "password1234"}, "too common"),
        ({"old": ""}, "Enter your password now"),
    ],
)
def test_a_password_that_is_not_changed_says_why(site, lead, sent, says):
    client = site.client("acc-security")
    whole = {"old": PASSWORD, "new": "a new one for it", "again": "a new one for it", **sent}

    told = client.post("/account/password", whole)

    assert told.status_code == 422
    assert says in told.content.decode()
    assert f'value="{whole["new"]}"' not in told.content.decode()
    assert Account.objects.get(pk=lead.pk).check_password(PASSWORD)


def test_guessing_the_old_password_is_slowed_too(site, lead, hashes, clock):
    client = site.client("acc-security")
    sent = {"old": "wrong", "new": "a new one for it", "again": "a new one for it"}

    told = [client.post("/account/password", sent).status_code for _ in range(7)]

    assert told == [422] * 5 + [429] * 2


def test_a_password_for_one_time_leads_to_its_change_and_nowhere_else(site, lead):
    Account.objects.filter(pk=lead.pk).update(one_time_until=timezone.now() + timedelta(days=1))
    client = site.client()
    tries(client, password=PASSWORD)

    assert client.get("/").headers["Location"] == "/account/password"
    assert client.get("/account").headers["Location"] == "/account/password"
    assert "for one time" in client.get("/account/password").content.decode()
    new = "a word of their own"
    client.post("/account/password", {"old": PASSWORD, "new": new, "again": new})

    assert client.get("/account").status_code == 200


def test_a_password_for_one_time_is_good_no_more_after_its_time(site, lead):
    Account.objects.filter(pk=lead.pk).update(one_time_until=timezone.now() - timedelta(days=1))

    told = tries(site.client(), password=PASSWORD)

    assert told.status_code == 422
    assert "was for one time" in told.content.decode()


def code_of(secret: str, ahead: int = 0) -> str:
    periods = list(second_factor.yield_hotp_counters_from_time())
    value = second_factor.hotp_value(secret, periods[1] + ahead)
    return second_factor.format_hotp_value(value)


def secret_on(client) -> str:
    page = client.get("/account/codes/set-up").content.decode()
    return page.partition('class="regard-secret">')[2].partition("<")[0].replace(" ", "")


@pytest.fixture
def with_codes(site, lead):
    """A browser that set codes up, the secret, and the recovery codes that it was shown."""
    client = site.client("acc-security")
    secret = secret_on(client)
    shown = client.post("/account/codes/set-up", {"code": code_of(secret, -1)})
    codes = [
        part.partition("<")[0] for part in shown.content.decode().split('class="regard-secret">')
    ][1:]
    return client, secret, codes


def test_codes_are_set_up_with_a_picture_that_the_policy_lets_show(site, lead):
    page = site.client("acc-security").get("/account/codes/set-up")

    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]


def test_the_secret_stays_while_it_is_set_up_and_lies_nowhere_in_clear(site, lead, with_codes):
    client, secret, codes = with_codes
    held = second_factor.Authenticator.objects.filter(user=lead)

    assert len(codes) == 10
    assert secret not in str([one.data for one in held])


def test_a_wrong_first_code_turns_nothing_on(site, lead):
    client = site.client("acc-security")
    secret = secret_on(client)

    told = client.post("/account/codes/set-up", {"code": "000000"})

    assert told.status_code == 422
    assert secret_on(client) == secret
    assert not second_factor.is_on(lead)


def test_a_code_is_asked_for_at_sign_in_and_is_good_once(site, lead, with_codes):
    _, secret, _ = with_codes
    client, code = Client(), code_of(secret)

    assert tries(client, password=PASSWORD).headers["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 302
    assert client.post("/sign-in/code", {"code": "12"}).status_code == 422
    assert client.post("/sign-in/code", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert client.get("/account").status_code == 200

    another = Client()
    tries(another, password=PASSWORD)
    assert another.post("/sign-in/code", {"code": code}).status_code == 422


def test_a_recovery_code_signs_in_once(site, lead, with_codes):
    told = []
    for _ in range(2):
        client = Client()
        tries(client, password=PASSWORD)
        told.append(client.post("/sign-in/code", {"code": with_codes[2][3]}).status_code)

    assert told == [302, 422]


def test_codes_are_guessed_no_faster_than_passwords(site, lead, with_codes, clock):
    client = Client()
    tries(client, password=PASSWORD)

    told = [client.post("/sign-in/code", {"code": "000000"}).status_code for _ in range(7)]

    assert told == [422] * 5 + [429] * 2


def test_a_code_is_owed_for_five_minutes(site, lead, with_codes):
    client = Client()
    tries(client, password=PASSWORD)
    session = client.session
    session["half-way"] = {**session["half-way"], "until": int(time.time()) - 1}
    session.save()

    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"
    again = client.post("/sign-in/code", {"code": code_of(with_codes[1])})
    assert again.headers["Location"] == "/sign-in"


def test_a_code_without_a_password_before_it_signs_nobody_in(site, lead, with_codes):
    client = Client()

    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"
    assert client.post("/sign-in/code", {"code": code_of(with_codes[1])}).status_code == 302
    assert client.get("/account").status_code == 302


def test_a_password_that_changes_half_way_ends_the_way(site, lead, with_codes):
    client = Client()
    tries(client, password=PASSWORD)
    Account.objects.filter(pk=lead.pk).update(sessions=99)

    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"


def test_codes_end_by_who_knows_the_password(site, lead, with_codes):
    client = with_codes[0]

    assert client.post("/account/codes", {"password": "wrong", "off": "1"}).status_code == 422
    assert second_factor.is_on(lead)
    assert client.post("/account/codes", {"password": PASSWORD, "off": "1"}).status_code == 302
    assert not second_factor.is_on(lead)
    assert tries(Client(), password=PASSWORD).headers["Location"] == "/"


def test_new_recovery_codes_take_the_place_of_the_old(site, lead, with_codes):
    client, _, codes = with_codes

    shown = client.post("/account/codes", {"password": PASSWORD, "anew": "1"}).content.decode()

    assert codes[0] not in shown
    assert not second_factor.is_right(lead, codes[0])
    assert "10 recovery codes are left" in client.get("/account/codes").content.decode()


def test_an_account_without_a_password_has_no_page_to_change_it(site):
    client = site.client("acc-security")

    assert "where you sign in at work" in client.get("/account").content.decode()
    assert client.get("/account/password").status_code == 404
    assert client.get("/account/codes/set-up").status_code == 404
    assert "codes are set up there" in client.get("/account/codes").content.decode()
