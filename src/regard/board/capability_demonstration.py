"""The example's posts, skills, duty and incidents brought in, and what they say at once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from regard.assurance.expense import price
from regard.board.stress_answer import keep_with_paper
from regard.capability.configured import FILE, configured
from regard.capability.fits import answering_held
from regard.capability.incidents import LOCAL_TIME
from regard.capability.invented import write_incidents
from regard.capability.mustering import Mustered, mustered
from regard.capability.people import People
from regard.capability.scenarios import entries_of_answers
from regard.capability.stress import stress
from regard.core.errors import NotKnown
from regard.core.progress import Progress
from regard.core.statements import Statement
from regard.examples import west_midlands_capability as example
from regard.records.imports import import_files
from regard.records.results import BatchResult
from regard.records.stated import StatedTables
from regard.records.store import Store
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.posting import holders
from regard.register.register import Register

ROWS = "example"  # folder of a home in which the files are written
FORCE, PLANNER = "party:west-midlands", "party:operations-planner"
# Which duty each kept answer shows the cost of, and what must be known about it. The promise of 17
# PSUs is that of 2021; recommendation 1 of the paper of 2015 is about an earlier duty of no number.
PRICED = {
    7: (
        "expectation:spr-2012/public-order/mobilised-response",
        "the paper of 2015 prints no number: 7 PSUs stand for a deployment, and duty and demand "
        "are those generated for 2021",
    ),
    17: (
        "expectation:spr-2015/public-order/psu-commitment",
        "the regional capability as the paper of December 2021 prints it",
    ),
}
KEPT = tuple(PRICED)  # PSUs of the answers that the planner keeps
LEVELS = (7, 12, 17)  # numbers of PSUs that both show, so that they can be held together
DAYS_AWAY = 6  # as long as the longest deployment of the papers
CALLED = datetime(2021, 11, 5, 10, tzinfo=LOCAL_TIME)  # a Friday of the generated duty
REGION = "ROCU West Midlands"


@dataclass(frozen=True)
class Capable:
    """What the example's capability came to.

    Attributes:
        imports: What was brought in, a batch a file.
        posts: What is said of posts and people, as printed.
        raised: PSUs raised by the hour, of generated duty.
    """

    imports: tuple[BatchResult, ...]
    posts: tuple[Statement, ...]
    raised: Mustered

    def said(self) -> tuple[str, ...]:
        """What was brought in and what it says, a line each."""
        rows = sum(one.rows_stored for one in self.imports)
        return (
            f"{rows:,} rows of posts, people, skills, duty, incidents and aid brought in."
            if rows
            else "Posts, people, skills, duty, incidents and aid had been brought in before.",
            *(str(one) for one in self.posts),
            *(str(one) for one in self.raised.statements()[:4]),
        )


def build_capability(home: Path, *, progress: Progress | None = None) -> Capable:
    """Bring in what the example says of capability; built again, nothing comes in twice.

    A file of the force's own that stands there is left as it is.

    Args:
        home: The data folder (`REGARD_HOME`).
        progress: Told after each chunk of rows.
    """
    store, told = Store(home), example.recipe()
    printed, made = example.write_printed(home / ROWS), example.written(home / ROWS)
    files = [(*pair, printed.label) for pair in printed.pairs]
    files += [(*pair, made.label) for pair in made.pairs]
    files.append((*write_incidents(told, home / ROWS), told.label))
    imports = tuple(
        import_files(store, [file], mapping=mapping, label=label, progress=progress)
        for file, mapping, label in files
    )
    if not (home / FILE).exists():
        shutil.copyfile(Path(example.__file__).with_name(FILE), home / FILE)
    with StatedTables(store) as tables:
        table = People(tables).table("rocu", scope=REGION)
        posted = People(tables).posted(told.force, "rocu")
        raised = mustered(tables, told.force, configured(home, told.force).call(CALLED))
    return Capable(imports, (*posted.statements(), table.threshold_statement()), raised)


def keep_answers(home: Path, *, progress: Progress | None = None) -> tuple[str, ...]:
    """Let the operations planner of the example ask what some PSUs cost, and keep the answers.

    What is kept already is left as it is.

    Args:
        home: The data folder, with the example's records and its register.
        progress: Told after each chunk of replications.

    Returns:
        What was kept, a line each.

    Raises:
        NotKnown: nobody plans operations there.
    """
    force = example.recipe().force
    register = Register.open(home)
    view = register.view(EVERYTHING)
    if len(entries_of_answers(view)) >= len(KEPT):
        register.close()
        return ("Answers of stress tests had been kept before.",)
    planners = holders(view, PLANNER, register.today())
    if not planners:
        register.close()
        raise NotKnown("holder of the post", PLANNER, ())
    by = Speaker(planners[0], PLANNER)
    told = configured(home, force)
    answering = answering_held(Store(home), told)
    said = []
    for psus in KEPT:
        asked = told.question(psus, DAYS_AWAY, levels=LEVELS)
        answer = stress(answering, asked, progress=progress)
        entry = keep_with_paper(register, answer, home, by=by, scope=FORCE)
        said.append(f"Kept as entry {entry.seq}, of generated rows: {answer.board()}")
        duty, note = PRICED[psus]
        price(register, duty, entry.subject, note=note, by=by)
    register.close()
    return tuple(said)
