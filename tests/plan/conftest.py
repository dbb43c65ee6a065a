"""The smallest plan that loads, as tables, for tests that change one thing in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


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
