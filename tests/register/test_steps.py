"""A8: random steps of a register against a small model of it; what must hold, holds after each."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from regard.core.errors import AccessRefused, EntryRefused
from regard.core.markings import OFFICIAL
from regard.register import laws_papers, laws_speech
from regard.register.access import EVERYTHING
from regard.register.entries import Speaker
from regard.register.kinds import Act, Line, Party, Stage, Window, changed, made
from regard.register.kinds.speech import Judgement
from regard.register.tree import Peaks
from register import forces
from register.breaking import SPEAKS_AT, switched_off
from register.forces import FORCES, GOLD, PSUS, SENSITIVE, Founding, body, post, speaker

ROLES = (*SPEAKS_AT.values(), "chief-officer", "governance-officer", "finance-lead")
PEOPLE = range(6)
roles = st.sampled_from(ROLES)
people = st.integers(0, 11)  # from the seventh on: somebody who holds the post, if anybody does
lines = st.sampled_from(list(SPEAKS_AT))
places = st.integers(0, 2)
markings = st.sampled_from([OFFICIAL, OFFICIAL, SENSITIVE, GOLD])
SEES = {
    "business-lead",
    "spr-lead",
    "chief-officer",
    "board-member",
    "independent-reviewer",
    "governance-officer",
}


class Steps(RuleBasedStateMachine):
    """One force's round, six people who hold posts by turns, and what they do."""

    founding: Founding
    force = FORCES[0]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="regard-steps-"))
        self.stack = ExitStack()
        self.world = self.stack.enter_context(self.founding.world(self.folder / "home"))
        self.holds: dict[int, set[str]] = {one: set() for one in PEOPLE}
        self.names: dict[int, str] = {}
        self.stages: dict[int, str] = {}
        self.dates: dict[int, Any] = {}
        self.closed: dict[int, bool] = {}
        self.said: dict[tuple[int, str], set[Line]] = {}
        self.signed: set[int] = set()
        self.judged = False
        self.issued: dict[int, str] = {}
        self.chain = Peaks()
        self.checked = 0
        self.over = False

    def teardown(self) -> None:
        self.stack.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def found(self) -> None:
        self.cycle = self.world.round(self.force)
        self.about = (PSUS, self.world.requirement(self.force))
        for one in PEOPLE:
            self.names[one] = self.world.fresh("party")
        for number, role in enumerate(ROLES):
            self._appoint(number % len(PEOPLE), role)
        for role in SPEAKS_AT.values():
            self._appoint(0, role)  # somebody who could speak at every line, and may at one

    # --- who holds what ---

    def _appoint(self, who: int, *given: str) -> None:
        self.holds[who] |= set(given)
        self._keep(who)

    def _keep(self, who: int) -> None:
        held = tuple(
            forces.Appointment(post=post(self.force, one), window=Window())
            for one in sorted(self.holds[who])
        )
        value = made(
            Party, form="person", name="account", parent=body(self.force), appointments=held
        )
        self.world.enter(value, self.names[who], self.world.house, shared=True)

    def _who(self, who: int, role: str) -> int:
        holders = [one for one in PEOPLE if role in self.holds[one]]
        if who in PEOPLE or not holders:
            return who % len(PEOPLE)
        return holders[who % len(holders)]

    def _by(self, who: int, role: str) -> Speaker:
        return Speaker(self.names[who], post(self.force, role))

    @rule(who=people, role=roles)
    def appoint(self, who: int, role: str) -> None:
        self._appoint(who % len(PEOPLE), role)

    @rule(who=people, role=roles)
    def revoke(self, who: int, role: str) -> None:
        who %= len(PEOPLE)
        self.holds[who] -= {role}
        self._keep(who)

    def _does(self, lawful: bool, who: int, role: str, *entered: Any, **how: Any) -> bool:
        """Try it; it must stand if the model says so, and be refused and leave nothing if not."""
        who = self._who(who, role)
        before = self.world.register.head()
        held = role in self.holds[who]
        value, subject = entered
        try:
            self.world.enter(value, subject, self._by(who, role), **how)
        except AccessRefused:
            assert not held, f"{role} was refused"
        except EntryRefused:
            assert held, f"{role} is not held, and a law was asked"
            assert not lawful, f"{subject} was refused"
        else:
            assert held, f"{role} is not held"
            assert lawful, f"{subject} was let in"
            return True
        assert self.world.register.head() == before
        return False

    # --- the round ---

    @rule(who=people, line=lines, place=st.integers(0, 1))
    def judge(self, who: int, line: Line, place: int) -> None:
        who = self._who(who, SPEAKS_AT[line])
        spoken = self.said.setdefault((place, self.names[who]), set())
        lawful = (
            not self.over
            and not spoken - {line}
            and (line is Line.OVERSEEING or who not in self.signed)
        )
        value = forces.judgement(
            self.force, line, about=self.about[place], cycle=self.cycle, level="level-2"
        )
        if self._does(lawful, who, SPEAKS_AT[line], value, self.world.fresh("judgement")):
            spoken.add(line)
            self.judged = self.judged or line is Line.DOING

    @rule(who=people)
    def sign_off(self, who: int) -> None:
        who = self._who(who, "chief-officer")
        spoken = {line for (_, name), said in self.said.items() for line in said
                  if name == self.names[who]}  # fmt: skip
        lawful = self.judged and not self.over and not spoken - {Line.OVERSEEING}
        value = forces.decision(
            self.force, act=Act.SIGN_OFF, stage=Stage.TAKEN, cycle=self.cycle,
            scope=body(self.force),
        )  # fmt: skip
        if self._does(lawful, who, "chief-officer", value, self.world.fresh("decision")):
            self.signed.add(who)

    @precondition(lambda self: self.judged)
    @rule(who=people, sure=st.integers(0, 5))
    def close_the_round(self, who: int, sure: int) -> None:
        who = self._who(who, "spr-lead")
        if sure or "spr-lead" not in self.holds[who]:
            return
        held = self.world.register.view(EVERYTHING).one(self.cycle).value
        lawful = not self.over
        if self._does(lawful, who, "spr-lead", changed(held, stage="closed"), self.cycle):
            self.over = True

    # --- decisions ---

    @rule(who=people, place=places)
    def propose(self, who: int, place: int) -> None:
        lawful = self.stages.get(place) in (None, Stage.PROPOSED)
        value = forces.decision(self.force)
        if self._does(lawful, who, "board-member", value, f"decision:{place}"):
            self.stages[place] = Stage.PROPOSED

    @rule(who=people, place=places, stage=st.sampled_from(list(Stage)[1:]))
    def decide(self, who: int, place: int, stage: Stage) -> None:
        stands = self.stages.get(place)
        new = stands is None and stage in (Stage.TAKEN, Stage.AMENDED)
        lawful = new or stands in (Stage.PROPOSED, Stage.DEFERRED)
        more: dict[str, Any] = {"resolved": "as amended"} if stage is Stage.AMENDED else {}
        more |= {"deferred_until": date(2016, 1, 1)} if stage is Stage.DEFERRED else {}
        value = forces.decision(self.force, stage=stage, **more)
        if self._does(lawful, who, "board-member", value, f"decision:{place}"):
            self.stages[place] = stage

    # --- promises: their dates, closing and opening again ---

    @rule(place=places, who=people)
    def promise(self, place: int, who: int) -> None:
        if place in self.dates:
            return
        owner = post(self.force, "operations-planner")
        value = forces.promise(self.force, owner=owner)
        if self._does(True, who, "spr-lead", value, f"expectation:{place}"):
            self.dates[place] = value
            self.closed[place] = False

    @precondition(lambda self: self.dates)
    @rule(data=st.data(), who=people, decided=st.booleans(), later=st.integers(1, 500))
    def extend(self, data: st.DataObject, who: int, decided: bool, later: int) -> None:
        place = data.draw(st.sampled_from(sorted(self.dates)))
        subject, held = f"expectation:{place}", self.dates[place]
        until = held.window.end + timedelta(days=later)
        named = None
        if decided:
            named = self.world.decided(
                self.force, act=Act.EXTEND, about=subject, until=until
            ).subject
        value = changed(held, window=Window(end=until), moved_by=named)
        if self._does(decided, who, "spr-lead", value, subject):
            self.dates[place] = value

    @precondition(lambda self: self.dates)
    @rule(data=st.data(), who=people, line=lines, close=st.booleans())
    def close_or_reopen(self, data: st.DataObject, who: int, line: Line, close: bool) -> None:
        place = data.draw(st.sampled_from(sorted(self.dates)))
        if line is Line.DOING:
            return  # a lead judges what is assigned to it, and this is not
        value = forces.judgement(
            self.force, line, about=f"expectation:{place}", aspect="closure", cycle=None,
            scale="closure@1", level="closed" if close else "reopened",
        )  # fmt: skip
        lawful = close is not self.closed[place]
        if self._does(lawful, who, SPEAKS_AT[line], value, self.world.fresh("judgement")):
            self.closed[place] = close

    # --- papers ---

    @rule(who=people, place=places, stage=st.sampled_from(["draft", "issued", "published"]),
          title=st.sampled_from("ab"))  # fmt: skip
    def paper(self, who: int, place: int, stage: str, title: str) -> None:
        stands = self.issued.get(place)
        lawful = stands in (None, "draft") or (stands, stage) == ("issued" + title, "published")
        value = forces.document(self.force, stage=stage, title=title)
        if self._does(lawful, who, "governance-officer", value, f"document:{place}"):
            self.issued[place] = stage if stage == "draft" else stage + title

    @rule(who=people, marking=markings)
    def observe(self, who: int, marking: Any) -> None:
        subject, role = self.world.fresh("observation"), "chief-officer"
        who = self._who(who, role)
        value = forces.observation(self.force, text="canary")
        before = self.world.register.head()
        try:
            self.world.enter(value, subject, self._by(who, role), marking=marking)
        except AccessRefused:
            assert role not in self.holds[who] or marking == GOLD
            assert self.world.register.head() == before
        else:
            assert role in self.holds[who]
            assert marking != GOLD

    @rule(marking=markings)
    def observe_in_secret(self, marking: Any) -> None:
        lead = speaker(self.force, "spr-lead", gold=True)
        value = forces.observation(self.force, text="canary")
        self.world.enter(value, self.world.fresh("observation"), lead, marking=marking)

    @rule(who=people)
    def erase(self, who: int) -> None:
        keeper = speaker(self.force, "register-keeper")
        size = self.world.register.head().size
        value = forces.decision(self.force, act=Act.ERASE, erased=(size,), stage=Stage.TAKEN)
        before = self.world.register.head()
        with pytest.raises(AccessRefused):
            self.world.enter(
                value, self.world.fresh("decision"), self._by(who % len(PEOPLE), "board-member")
            )
        assert self.world.register.head() == before
        self.world.enter(value, self.world.fresh("decision"), keeper)

    # --- what must hold after each step ---

    @invariant()
    def the_chain_verifies(self) -> None:
        view = self.world.register.view(EVERYTHING)
        for one in view.entries(after=self.checked, limit=100_000):
            assert one.seq == self.checked + 1
            self.chain.append(bytes.fromhex(one.hash))
            self.checked = one.seq
        assert self.world.register.head() == self.chain.head()

    @invariant()
    def nobody_sees_above_their_role(self) -> None:
        if not self.names:
            return
        who = self.checked % len(PEOPLE)
        for role in ROLES:
            view = self.world.register.view(self._by(who, role))
            if role not in self.holds[who]:
                with pytest.raises(AccessRefused):
                    view.entries()
                continue
            for one in view.entries(after=max(0, self.checked - 15)):
                assert one.force in ("", body(self.force))
                assert one.marking == OFFICIAL or (role in SEES and one.marking != GOLD)

    @invariant()
    def a_sign_off_comes_after_a_judgement_and_by_another(self) -> None:
        if not self.signed:
            return
        view = self.world.register.view(EVERYTHING)
        said = view.all(Judgement, cycle=self.cycle)
        assert any(one.value.line is Line.DOING for one in said)
        signers = {self.names[one] for one in self.signed}
        assert not [
            one for one in said
            if one.holder in signers and one.value.line is not Line.OVERSEEING
        ]  # fmt: skip


def steps(founding: Founding, *, examples: int, length: int) -> None:
    machine = type("Steps", (Steps,), {"founding": founding})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=length,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
            phases=[Phase.generate],  # a failure of forty steps is read as it is, not made short
        ),
    )


def test_a_few_hundred_steps_keep_what_must_hold(founding):
    steps(founding, examples=5, length=40)


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.timeout(1_800)
def test_ten_thousand_steps_keep_what_must_hold(founding):
    steps(founding, examples=100, length=100)


@pytest.mark.slow
@pytest.mark.register
@pytest.mark.parametrize(
    "law",
    [
        laws_speech.one_line_each,
        laws_papers.signs_what_others_said,
        laws_papers.decision_moves_on,
        laws_papers.issued_stands,
    ],
    ids=lambda law: law.__name__,
)
def test_fault_without_one_guard_the_steps_find_it(founding, law):
    with switched_off(law), pytest.raises(AssertionError):
        steps(founding, examples=100, length=100)
