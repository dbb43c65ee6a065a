"""Many groups of one wave at once, each against the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from regard.core.errors import DefinitionRefused
from regard.core.statements import Statement
from regard.signals.intervals import NINETY_FIVE
from regard.signals.surveys.differences import Difference, compare_two_groups
from regard.signals.surveys.sentences import say
from regard.signals.surveys.waves import EVERYBODY, Question, Share, Wave, pooled, share_of

REST = "the rest"
FALSE_AMONG_TOLD = 0.05  # of the groups said to differ; Benjamini & Hochberg 1995


@dataclass(frozen=True)
class Groups:
    """Groups of one wave, each against the rest of those asked.

    Attributes:
        differences: In the order given; not judged where too few answered.
        adjusted: P-values after allowing for how many were compared (0 to 1), one for each of
            `judged`; None until they are given.
    """

    differences: tuple[Difference, ...]
    adjusted: tuple[float, ...] | None = None

    @property
    def judged(self) -> tuple[Difference, ...]:
        """The differences that have a p-value."""
        return tuple(one for one in self.differences if one.difference.value is not None)

    @property
    def p_values(self) -> tuple[float, ...]:
        """Their p-values (0 to 1), to be adjusted."""
        return tuple(one.p_value for one in self.judged)

    @property
    def told(self) -> tuple[Difference, ...]:
        """The groups that stand out, by adjusted p-values where there are any."""
        if self.adjusted is None:
            return tuple(one for one in self.judged if one.stands_out)
        pairs = zip(self.judged, self.adjusted, strict=True)
        return tuple(one for one, chance in pairs if chance <= FALSE_AMONG_TOLD)

    def with_adjusted(self, adjusted: Sequence[float]) -> Groups:
        """The same with p-values adjusted for how many were compared.

        Raises:
            DefinitionRefused: there is not one for each group judged, or one is no chance.
        """
        given = tuple(float(one) for one in adjusted)
        if len(given) != len(self.judged) or not all(0 <= one <= 1 for one in given):
            raise DefinitionRefused(
                f"{len(given)} adjusted p-values for {len(self.judged)} groups judged",
                expected="one from 0 to 1 for each",
            )
        return replace(self, adjusted=given)

    def statements(self) -> tuple[Statement, ...]:
        """How many were compared and stand out, then each that does, then those not shown."""
        said: list[Statement] = []
        if self.judged:
            like = self.judged[0].now
            groups = like.count(len(self.judged), "group", "groups compared at once")
            if self.adjusted is None:
                said.append(say("many, not adjusted", groups=groups))
            else:
                number = len(self.told)
                told = like.count(number, "group", "groups that stand out")
                stand = "stands" if number == 1 else "stand"
                said.append(say("many", groups=groups, told=told, stand=stand))
        said.extend(one.statements()[0] for one in self.told)
        said.extend(one.now.statements()[0] for one in self.differences if not one.now.shown)
        return tuple(said)


def compare_groups(
    question: Question,
    groups: Sequence[Wave],
    *,
    everybody: Wave | None = None,
    level: float = NINETY_FIVE,
) -> Groups:
    """Each group of a wave against the rest of those asked, which share nobody with it.

    Args:
        question: What was asked.
        groups: Groups that share nobody, of one wave or span.
        everybody: All who answered; by default the groups together. The rest of a group is
            everybody less the group, at everybody's design effect.
        level: Chance that an interval holds the truth (0 to 1).

    Raises:
        DefinitionRefused: fewer than two groups, two of one name, or a group that everybody
            does not hold.
    """
    names = [one.group for one in groups]
    if len(set(names)) != len(names) or len(names) < 2 or EVERYBODY in names:  # noqa: PLR2004
        raise DefinitionRefused(
            f"groups {', '.join(names) or 'none'}",
            expected=f"two groups or more, each once, and none called {EVERYBODY}",
        )
    made = []
    for group in groups:
        share = share_of(question, group, level=level)
        rest = _rest(group, groups, everybody)
        made.append(compare_two_groups(share, _of_rest(question, share, rest, level), level=level))
    return Groups(tuple(made))


def _of_rest(question: Question, share: Share, rest: Wave, level: float) -> Share:
    found = share_of(question, rest, level=level)
    # The rest carries the group in its name so that its figures compare with nothing else.
    return replace(found, figure=replace(found.figure, measure=f"{share.figure.measure}, {REST}"))


def _rest(group: Wave, groups: Sequence[Wave], everybody: Wave | None) -> Wave:
    if everybody is None:
        others = pooled([one for one in groups if one.group != group.group])
        return replace(others, group=REST)
    answers = everybody.answers - group.answers
    positive = everybody.positive - group.positive
    if not 0 <= positive <= answers:
        raise DefinitionRefused(
            f"{group.group} has {group.positive} positive of {group.answers} answers, everybody "
            f"{everybody.positive} of {everybody.answers}",
            expected="a group that everybody holds",
        )
    return replace(everybody, answers=answers, positive=positive, group=REST)
