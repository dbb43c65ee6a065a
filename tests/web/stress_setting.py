"""Sites of a small force: two weeks of generated incidents, what it says of itself, an answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from regard.board.stress_answer import stress_paper
from regard.capability.configured import FILE, configured
from regard.capability.fits import answering_held
from regard.capability.invented import write_incidents
from regard.capability.questions import Question
from regard.capability.scenarios import PAPER, Answered, write
from regard.capability.stress import Stress, stress
from regard.examples import west_midlands_capability as example
from regard.papers.keeping import kept
from regard.records.imports import import_files
from regard.records.store import Store
from regard.web.background.working import DONE
from regard.web.capable import held
from regard.web.capable.finding import ASKED
from regard.web.models import Work
from web.conftest import Site

AREA = "west-midlands"
PLANNER, OTHER, KEEPER = "operations-planner", "performance-analysis", "west-midlands-keeper"
READER = "commissioner"  # reads, and enters no evidence
SAYS = """
[west-midlands]
within = { immediate = 15, early = 60, routine = 240 }
crew = 1.5
tolerance = 12
commitment = 2
on_shift = 0.2
otherwise = 0.1
"""
ASKS = {"psus": "1", "days": "2", "curve": "2", "recovery_days": "2"}
QUESTION = Question(
    1, 2, levels=(0, 1, 2), recovery_days=2, tolerance=12, on_shift=0.2, otherwise=0.1
)
ASKING = "&".join(f"{name}={value}" for name, value in ASKS.items())
PAGE = f"/capability/stress?area={AREA}&{ASKING}"
RUNS = 8  # replications of an answer that is made for a test


@dataclass(frozen=True)
class Small:
    """The data folder of a small force, to be copied.

    Attributes:
        home: Where it lies.
    """

    home: Path

    @cache  # noqa: B019 - lives as long as the run of tests
    def answer(self, psus: int = 1, seed: int = QUESTION.seed) -> Stress:
        """An answer of few replications, made once."""
        answering = answering_held(Store(self.home), configured(self.home, AREA))
        return stress(answering, replace(QUESTION, psus=psus, seed=seed), replications=RUNS)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    home = tmp_path_factory.mktemp("small-force")
    made = Small(home)
    bring_in(home, AREA)
    (home / FILE).write_text(SAYS)
    made.answer()  # its fit is kept
    return made


def bring_in(home: Path, force: str, *, weeks: int = 2) -> None:
    """Bring in the incidents of a force about a sixth as large as the example's."""
    told = example.recipe()
    made = replace(
        told,
        force=force,
        weeks=weeks,
        rate=tuple(0.15 * one for one in told.rate),
        on_duty=tuple(round(0.2 * one) for one in told.on_duty),
    )
    file, mapping = write_incidents(made, home / "rows")
    import_files(Store(home), [file], mapping=mapping, label=told.label)


@pytest.fixture
def asked(site: Site, small: Small) -> Iterator[Site]:
    """A site of the small force of which nothing was asked yet."""
    shutil.copytree(small.home / "records", site.home / "records")
    shutil.copytree(small.home / "capability" / "fits", site.home / "capability" / "fits")
    shutil.copy(small.home / FILE, site.home / FILE)
    held.forget()
    yield site
    held.forget()


def answered(
    site: Site, answer: Stress, *, post: str = PLANNER, with_paper: bool = True
) -> Answered:
    """Let a post have asked for an answer that a worker has given."""
    paper = {PAPER: kept(stress_paper(answer, name="West Midlands"))} if with_paper else {}
    told = write(answer, site.home, beside=paper)
    Work.objects.create(
        what=ASKED,
        said="Stress test: 1 PSUs away for 2 days, West Midlands",
        state=DONE,
        post=f"party:{post}",
        holder=site.account(post).holder,
        body="party:west-midlands",
        found={"name": told.name, "sha256": told.sha256, "said": told.said[0]},
        ended_at=Work.objects.model._meta.get_field("asked_at").pre_save(Work(), add=True),
    )
    return told
