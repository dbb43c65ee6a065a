"""The practice round further on: what the other posts said in it before a journey begins."""

from __future__ import annotations

from regard.assurance.cells import Key, cells
from regard.assurance.judging import Word, sign_off
from regard.assurance.rounds import close
from regard.assurance.several import assure_all, challenge_all, inspect_all, judge_all
from regard.assurance.silences import asked_of, topics
from regard.board.practising import FORCE, PRACTICE
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds.values import Line
from regard.register.posting import holders
from regard.register.register import Register

BELOW = Word("Part of it stands.", level="partly-met", departure="Said for practice.")
"""What a lead says, whatever the rule suggests."""


def speaker(register: Register, post: str) -> Speaker:
    """Whoever holds a post."""
    subject = f"party:{post}"
    held = holders(register.view(EVERYTHING), subject, register.today())
    return Speaker(held[0], subject)


def leads_speak(register: Register) -> None:
    """Every business lead judges what the practice round asks of it and nobody has judged yet."""
    matrix = cells(register.view(EVERYTHING), PRACTICE)
    leads = {one.post for one in matrix.cycle.value.duties if one.line is Line.DOING}
    for post in sorted(leads):
        asked = _silent(asked_of(matrix, post, Line.DOING), Line.DOING, register)
        by = speaker(register, post.partition(":")[2])
        judge_all(register, PRACTICE, [(key, BELOW) for key in asked], by=by)


def others_speak(register: Register) -> None:
    """The inspector looks, the chief constable signs off and the board says that it is assured."""
    view = register.view(EVERYTHING)
    matrix = cells(view, PRACTICE)
    inspector, member = "hmic-inspector", "commissioner"
    seen = asked_of(matrix, f"party:{inspector}", Line.INDEPENDENT)
    same = Word("It is as the lead says.", level="partly-met")
    inspect_all(register, PRACTICE, seen, same, by=speaker(register, inspector))
    sign_off(
        register,
        PRACTICE,
        scope=FORCE,
        reason="It is what I know to be so.",
        by=speaker(register, "chief-constable"),
    )
    boards = [one for one in matrix.cycle.value.duties if one.line is Line.BOARD]
    abouts = [key.about for duty in boards for key in topics(duty, matrix)]
    assured = Word("The gap has an owner and a day.", level="assured")
    assure_all(register, PRACTICE, abouts, assured, scope=FORCE, by=speaker(register, member))


def closed(register: Register) -> None:
    """Everybody speaks, and the lead for the requirement closes the round."""
    leads_speak(register)
    lead = speaker(register, "spr-lead")
    reviewer_agrees(register)
    others_speak(register)
    close(register, PRACTICE, by=lead)


def reviewer_agrees(register: Register) -> None:
    """The lead for the requirement agrees with what it has not answered yet."""
    matrix = cells(register.view(EVERYTHING), PRACTICE)
    lead = speaker(register, "spr-lead")
    asked = _silent(asked_of(matrix, lead.post, Line.OVERSEEING), Line.OVERSEEING, register)
    said = [matrix.cells[key].at(Line.DOING) for key in asked]
    seqs = [one.entry.seq for one in said if one is not None]
    challenge_all(register, seqs, Word("I see it so too."), by=lead)


def _silent(keys: tuple[Key, ...], line: Line, register: Register) -> tuple[Key, ...]:
    matrix = cells(register.view(EVERYTHING), PRACTICE)
    return tuple(key for key in keys if not matrix.cells[key].spoke(line))
