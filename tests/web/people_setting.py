"""Sites with posts, people, skills and a week of duty: the example's, as printed and GENERATED."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from regard.capability.configured import FILE
from regard.examples import west_midlands_capability as example
from regard.examples.west_midlands_capability.generator import HERE, duty_lines, skill_lines
from regard.records.imports import import_files
from regard.records.store import Store
from regard.register.entries import Speaker
from regard.register.posting import appoint, enter_post
from regard.web.capable import people_held
from regard.web.models import Account
from web.conftest import Site

BROUGHT_IN = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEKS = 1  # of duty: the first of November 2021 was a Monday
CALL = (
    "on_day=5&on_month=11&on_year=2021&hour=10&distance=0&make_up=26&commitment=17&carriers=44"
    "&response_trained=80&protected=10&abstracted=12&seed=1"
)
WHEN = "by=2022-07&bases=core&joiners=3&leaving=6.5&doubt=15&seed=7"


def made_people(home: Path) -> Path:
    """A folder of records: what papers print of posts and people, generated skills and duty."""
    store, told = Store(home), replace(example.recipe(), weeks=WEEKS)
    printed = example.write_printed(home / "rows")
    files = [(*pair, printed.label) for pair in printed.pairs]
    for name, lines in (("duty", duty_lines(told)), ("skill", skill_lines(told))):
        file = home / "rows" / f"GENERATED-{name}.csv"
        file.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
        files.append((file, HERE / f"{name}.mapping.toml", told.label))
    for file, mapping, label in files:
        import_files(store, [file], mapping=mapping, label=label, now=BROUGHT_IN)
    shutil.copyfile(HERE / FILE, home / FILE)
    return home


def with_people(site: Site, made: Path) -> Site:
    """A site that holds a copy of these records, and what the force says of itself."""
    shutil.copytree(made / "records", site.home / "records")
    shutil.copyfile(made / FILE, site.home / FILE)
    people_held.forget()
    return site


def more_rows(site: Site, dataset: str, text: str) -> None:
    """Bring in more rows: a header and lines as the example's mapping of the dataset takes them."""
    file = site.home / f"more-{dataset}.csv"
    file.write_text(text, encoding="utf-8")
    import_files(Store(site.home), [file], mapping=HERE / f"{dataset}.mapping.toml")


def enter_inspector(site: Site) -> str:
    """A post that reads every body; the name of its account."""
    keeper, inspector = "west-midlands-keeper", Speaker("party:inspector-1", "party:inspector")
    by = Speaker(site.account(keeper).holder, f"party:{keeper}")
    body = "party:west-midlands"
    enter_post(
        site.register, inspector.post, by=by, name="Inspector", body=body, roles=("inspector",)
    )
    appoint(site.register, inspector.post, inspector.holder, by=by)
    Account.objects.make("inspector-1", inspector.holder)
    return "inspector-1"


def shown(site: Site, address: str, post: str, status: int = 200) -> str:
    """A page as a post is shown it."""
    answer = site.client(post).get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())
