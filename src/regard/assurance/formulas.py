"""Arithmetic of named inputs, worked out exactly, in which nothing but arithmetic can stand."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from regard.core.errors import DefinitionRefused, NotKnown, shown
from regard.register.kinds.values import Input

LONGEST = 300  # characters of a formula; a board reads it in its paper
DEEPEST = 40  # brackets within brackets

_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})
_TOKEN = re.compile(r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z_]*)|[+\-*/() ]")
_EXPECTED = (
    "numbers, names of inputs, + − × ÷, brackets, and round_down(…), round_up(…) or "
    "round_nearest(…)"
)


def _nearest(number: Fraction) -> int:
    away = math.floor(abs(number) + Fraction(1, 2))
    return away if number >= 0 else -away


ROUNDINGS: Mapping[str, Callable[[Fraction], int]] = {
    "round_down": math.floor,
    "round_up": math.ceil,
    "round_nearest": _nearest,
}
"""How a number becomes a whole one, said in the formula: 95% of 472 is 448.4, and 448 if rounded
down (source paper of December 2021, paragraph 13). Halves go away from zero."""


@dataclass(frozen=True)
class Reckoned:
    """What a formula comes to.

    Attributes:
        value: The number, exact.
        unit: Its unit where adding, subtracting and rounding leave no doubt; empty after a
            product or a quotient of two inputs, and of bare numbers.
    """

    value: Fraction
    unit: str = ""


@dataclass(frozen=True)
class _Held:
    value: Fraction
    unit: str | None  # None is a bare number; empty is a unit that nobody can say


@dataclass(frozen=True)
class Formula:
    """A formula that was read and holds nothing but arithmetic.

    Attributes:
        text: As it was written.
        names: The inputs it takes, in the order in which they first stand.
    """

    text: str
    names: tuple[str, ...]
    _tree: ast.expr

    def of(self, inputs: Iterable[Input]) -> Reckoned:
        """What it comes to with these inputs.

        Raises:
            NotKnown: an input that it takes is not given.
            DefinitionRefused: an input is given twice, numbers of two units are added, or
                something is divided by nought.
        """
        held: dict[str, Input] = {}
        for one in inputs:
            if one.name in held:
                raise DefinitionRefused(
                    f"{one.name} is given twice to the formula {shown(self.text)}",
                    expected="each input once",
                )
            held[one.name] = one
        for name in self.names:
            if name not in held:
                raise NotKnown(f"input of the formula {shown(self.text)}", name, held)
        found = _Working(self.text, held).of(self._tree)
        return Reckoned(found.value, found.unit or "")


def formula_of(text: str) -> Formula:
    """Read a formula.

    Args:
        text: Such as `psus × officers_per_psu × times`.

    Raises:
        DefinitionRefused: it holds something else than arithmetic; the message names the
            character, the name or the piece.
    """
    if len(text) > LONGEST:
        raise _refused(text, f"it has {len(text)} characters", f"at most {LONGEST}")
    plain = text.translate(_SIGNS)
    _only_known_pieces(text, plain)
    try:
        tree = ast.parse(plain.strip(), mode="eval").body
    except SyntaxError as refusal:
        raise _refused(text, "it cannot be read as arithmetic") from refusal
    names = _Names(text)
    names.look(tree, 0)
    return Formula(text, tuple(dict.fromkeys(names.found)), tree)


def _only_known_pieces(text: str, plain: str) -> None:
    at, after_word = 0, False
    while at < len(plain):
        found = _TOKEN.match(plain, at)
        if found is None or (after_word and found.lastgroup):
            raise _refused(text, f"{text[at]!r} at character {at + 1} is not arithmetic")
        after_word = found.lastgroup is not None
        at = found.end()


class _Names:
    """Walks over a tree, refuses what is not arithmetic, and gathers the names of inputs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[str] = []

    def look(self, node: ast.expr, depth: int) -> None:
        if depth > DEEPEST:
            raise _refused(self.text, f"it is more than {DEEPEST} steps deep")
        if isinstance(node, ast.Name):
            if node.id in ROUNDINGS:
                raise _refused(self.text, f"{node.id} rounds nothing", f"{node.id}(…)")
            self.found.append(node.id)
            return
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return
        for one in self._inside(node):
            self.look(one, depth + 1)

    def _inside(self, node: ast.expr) -> tuple[ast.expr, ...]:
        if isinstance(node, ast.BinOp) and isinstance(node.op, tuple(_DOING)):
            return node.left, node.right
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.UAdd, ast.USub)):
            return (node.operand,)
        if isinstance(node, ast.Call):
            return self._rounded(node)
        raise _refused(self.text, f"{shown(ast.unparse(node))} is not arithmetic")

    def _rounded(self, node: ast.Call) -> tuple[ast.expr, ...]:
        named = ast.unparse(node.func)
        if not isinstance(node.func, ast.Name) or named not in ROUNDINGS:
            raise _refused(self.text, f"{shown(named)} is not a way of rounding")
        if len(node.args) != 1:
            raise _refused(self.text, f"{named} takes {len(node.args)} numbers", "one number")
        return (node.args[0],)


class _Working:
    """Works out a tree that holds nothing but arithmetic."""

    def __init__(self, text: str, inputs: Mapping[str, Input]) -> None:
        self.text = text
        self.plain = text.translate(_SIGNS).strip()
        self.inputs = inputs

    def of(self, node: ast.expr) -> _Held:
        if isinstance(node, ast.Name):
            one = self.inputs[node.id]
            return _Held(Fraction(one.value), one.unit)
        if isinstance(node, ast.Constant):
            # The digits as they are written: 0.1 is a tenth here, and not the nearest binary one.
            return _Held(Fraction(ast.get_source_segment(self.plain, node) or ""), None)
        if isinstance(node, ast.UnaryOp):
            held = self.of(node.operand)
            return _Held(-held.value if isinstance(node.op, ast.USub) else held.value, held.unit)
        if isinstance(node, ast.Call):
            held = self.of(node.args[0])
            return _Held(Fraction(ROUNDINGS[ast.unparse(node.func)](held.value)), held.unit)
        assert isinstance(node, ast.BinOp)
        return self._of_two(node, self.of(node.left), self.of(node.right))

    def _of_two(self, node: ast.BinOp, left: _Held, right: _Held) -> _Held:
        if isinstance(node.op, ast.Div) and right.value == 0:
            raise _refused(self.text, f"{shown(ast.unparse(node.right))} is 0 and divides")
        value = _DOING[type(node.op)](left.value, right.value)
        if isinstance(node.op, (ast.Add, ast.Sub)):
            if left.unit and right.unit and left.unit != right.unit:
                raise _refused(
                    self.text,
                    f"{shown(ast.unparse(node))} puts {left.unit} and {right.unit} together",
                    "numbers of one unit on both sides of + and −",
                )
            return _Held(value, left.unit or right.unit)
        if right.unit is None:
            return _Held(value, left.unit)
        if left.unit is None and isinstance(node.op, ast.Mult):
            return _Held(value, right.unit)
        return _Held(value, "")


_DOING: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda one, other: one + other,
    ast.Sub: lambda one, other: one - other,
    ast.Mult: lambda one, other: one * other,
    ast.Div: lambda one, other: one / other,
}


def _refused(text: str, wrong: str, expected: str = _EXPECTED) -> DefinitionRefused:
    return DefinitionRefused(f"the formula {shown(text)}: {wrong}", expected=expected)
