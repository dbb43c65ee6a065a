"""The smallest plan that loads, as tables, for tests that change one thing in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from regard.register.entries import Speaker
from regard.register.kinds import Appointment, Party, Window, made
from regard.register.register import Register


@pytest.fixture
def tables() -> dict[str, Any]:
    """A plan of one outcome, one milestone and one deliverable."""
    return {
        "plan": {
            "id": "avon-2019",
            "name": "Police and Crime Plan 2019/20",
            "area": "merseyside",
            "force": "Merseyside Police",
            "governing_body": "Police and Crime Commissioner for Merseyside",
            "board": "Performance Board",
            "board_on": date(2020, 4, 20),
            "year": "2019/20",
            "document": "Police and Crime Plan 2019/20",
        },
        "outcome": [{"id": "A", "letter": "A", "title": "Less burglary", "source": "page 4"}],
        "milestone": [
            {
                "id": "burglary",
                "outcome": "A",
                "title": "Reduce burglary by 5 per cent",
                "measure": "burglary",
                "direction": "down",
                "percent": 5,
                "baseline": "2018/19",
                "window": "2019/20",
                "lead": "ACC Local Policing",
                "source": "page 5",
            }
        ],
        "deliverable": [
            {
                "id": "A1",
                "outcome": "A",
                "title": "Publish a burglary strategy",
                "leads": ["ACC Crime"],
                "cadence": "quarterly",
                "source": "page 6",
                "position": [{"text": "Published in May.", "source": "page 7"}],
            }
        ],
    }


@pytest.fixture
def merseyside(tmp_path, database_url) -> Iterator[Merseyside]:
    """A register of one force, with a governance officer and an analyst."""
    clock = Standing(datetime(2020, 4, 1, 9, tzinfo=UTC))
    register, keeper = Register.found(
        tmp_path / "home",
        body="merseyside",
        name="Merseyside Police",
        area="merseyside",
        url=database_url,
        clock=clock,
    )
    speakers = {}
    with register.acting(keeper) as act:
        act.enter(
            made(Party, form="body", name="Performance Board", parent="party:merseyside"),
            subject="party:performance-board",
        )
        for number, role in enumerate(("governance-officer", "performance-analyst"), start=2):
            post, person = f"party:{role}", f"party:holder-{number}"
            act.enter(
                made(
                    Party,
                    form="post",
                    name=role.replace("-", " ").capitalize(),
                    parent="party:merseyside",
                    roles=(role,),
                ),
                subject=post,
            )
            held = (Appointment(post=post, window=Window()),)
            act.enter(
                made(Party, form="person", name=f"account {number}", appointments=held),
                subject=person,
            )
            speakers[role] = Speaker(person, post)
    yield Merseyside(register, clock, keeper, **{k.split("-")[1]: v for k, v in speakers.items()})
    register.close()


class Standing:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Merseyside:
    """A register of one force, its clock, and who speaks in it."""

    register: Register
    clock: Standing
    keeper: Speaker
    officer: Speaker
    analyst: Speaker
