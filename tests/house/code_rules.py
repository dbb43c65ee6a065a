"""What the house asks of code. Each rule takes a module and says what is against it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from house.sources import Module

LONGEST_FUNCTION = 75  # lines; where the pleasant code bases of this field stop
LONGEST_MODULE = 800
EMPTY_NAMES = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}

# Where no value exists that a message could carry, with the reason.
WITHOUT_VALUE = {
    ("src/regard/core/statements.py", "together"): "the list is empty: there is no value to name",
    ("src/regard/signals/runs.py", "median"): "the list is empty: there is no value to name",
    ("src/regard/records/bases.py", "latest_weights"): "nothing came in: there is no value to name",
    ("src/regard/records/engines.py", "__init__"): "what is absent is named; it has no value",
}

# Modules that run alone in a locked child process, where the package's errors are not at hand.
ALONE = {"src/regard/papers/typeset_engine.py", "src/regard/papers/draw_engine.py"}

# Public functions with an int or float that is no quantity, with what it is.
WITHOUT_UNIT = {
    ("src/regard/records/inputs.py", "stamp_of"): "what the system says a file is, to be compared",
}

# Flow, not refusals: they end a command or a loop and carry no message.
FLOW = {"typer.Exit", "typer.Abort", "StopIteration", "KeyboardInterrupt", "SystemExit"}
TOO_BROAD = {"Exception", "BaseException", "RuntimeError", "AssertionError"}

UNIT_WORDS = re.compile(
    r"\b(unit|units|count|counts|number|numbers|rows?|offences?|persons?|answers?|residents?|"
    r"per cent|percent|percentages?|percentage points|points|share|proportions?|rates?|per 1,000|"
    r"days?|months?|weeks?|years?|hours?|minutes?|seconds?|bytes|chances?|probability|"
    r"standard deviations?|sigmas?|ratio|0 to 1|from 0|pixels|millimetres|letters|lines|rank|"
    r"position|characters|weights?)\b|%",
    re.IGNORECASE,
)
NUMBERS = {"float", "int", "ndarray", "NDArray", "FloatArray", "Range"}
MEASURED = NUMBERS - {"int"}  # a whole number that is taken in is mostly the name of something
KNOWS_ITS_UNIT = {"Figure", "Statement", "Series", "str", "bool"}
NUMERIC_ROOMS = ("src/regard/signals/", "src/regard/records/")

Rule = Callable[[Module], Iterator[str]]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sizes(module: Module) -> Iterator[str]:
    """A module holds at most 800 lines, a function 75."""
    if module.lines > LONGEST_MODULE:
        yield f"{module.where}: {module.lines} lines"
    if module.lines <= LONGEST_FUNCTION:
        return
    for function in module.functions:
        if length(function) > LONGEST_FUNCTION:
            yield f"{module.where}:{function.lineno} {function.name}: {length(function)} lines"


def length(function: Function) -> int:
    """Lines from `def` to the last line of the body."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imports(module: Module) -> Iterator[str]:
    """Imports stand at the top, name their module in full and name what they take."""
    found = [node for node in module.nodes if isinstance(node, (ast.Import, ast.ImportFrom))]
    for node in found:
        place = f"{module.where}:{node.lineno}"
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{place}: relative import"
        if any(alias.name == "*" for alias in node.names):
            yield f"{place}: star import"
    for function in module.functions:
        for node in found:
            if _within(function, node):
                yield f"{module.where}:{node.lineno}: import inside {function.name}"


def _within(function: Function, node: ast.stmt) -> bool:
    return function.lineno <= node.lineno <= (function.end_lineno or function.lineno)


def values_in_refusals(module: Module) -> Iterator[str]:
    """Every `raise` carries the offending value; none raises a class that says nothing."""
    for function, node in _raises(module):
        raised = node.exc
        named = ast.unparse(raised.func if isinstance(raised, ast.Call) else raised)
        if named in FLOW or (module.where, function) in WITHOUT_VALUE:
            continue
        place = f"{module.where}:{node.lineno}"
        if named in TOO_BROAD and module.where not in ALONE:
            yield f"{place}: {named} says nothing about what happened"
        elif isinstance(raised, ast.Call):
            if not _of_a_value(raised.func) and not any(
                _holds_value(argument) for argument in raised.args
            ):
                yield f"{place}: {named} with static text alone"
        elif named[:1].isupper():
            yield f"{place}: {named} without a message"


def _raises(module: Module) -> Iterator[tuple[str, ast.Raise]]:
    for node in module.nodes:
        if isinstance(node, ast.Raise) and node.exc is not None:
            around = [one.name for one in module.functions if _within(one, node)]
            yield (around[-1] if around else ""), node  # the innermost is walked last


def _of_a_value(called: ast.expr) -> bool:
    # `place.refused("...")`: a method that builds the refusal with what its object holds.
    return isinstance(called, ast.Attribute) and not called.attr[:1].isupper()


def _holds_value(argument: ast.expr) -> bool:
    if isinstance(argument, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in argument.values)
    if isinstance(argument, ast.BinOp):
        return _holds_value(argument.left) or _holds_value(argument.right)
    return not isinstance(argument, ast.Constant)


def documented(module: Module) -> Iterator[str]:
    """Every module, public class and public function says what it is for."""
    if not ast.get_docstring(module.tree):
        yield f"{module.where}: no docstring"
    for node, public in _definitions(module.tree, public=True):
        if public and not ast.get_docstring(node):
            yield f"{module.where}:{node.lineno} {node.name}: no docstring"


def _definitions(
    parent: ast.AST, *, public: bool
) -> Iterator[tuple[Function | ast.ClassDef, bool]]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            shown = public and not node.name.startswith("_")
            yield node, shown
            if isinstance(node, ast.ClassDef):
                yield from _definitions(node, public=shown)


def units_said(module: Module) -> Iterator[str]:
    """A public function that takes or gives numbers says in which unit."""
    if not module.where.startswith((*NUMERIC_ROOMS, "planted")):
        return
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if (module.where, node.name) in WITHOUT_UNIT or not _numeric(node):
            continue
        if not UNIT_WORDS.search(ast.get_docstring(node) or ""):
            yield f"{module.where}:{node.lineno} {node.name}: no unit in its docstring"


def _numeric(function: ast.FunctionDef) -> bool:
    gives = _names(function.returns)
    if gives & NUMBERS:
        return True
    taken = [*function.args.args, *function.args.kwonlyargs]
    return not gives & KNOWS_ITS_UNIT and any(_names(one.annotation) & MEASURED for one in taken)


def _names(annotation: ast.expr | None) -> set[str]:
    return {
        getattr(node, "id", getattr(node, "attr", ""))
        for node in (ast.walk(annotation) if annotation is not None else ())
    }


def named_for_what_it_holds(module: Module) -> Iterator[str]:
    """No module or package is called utils, helpers, common, misc or manager."""
    empty = EMPTY_NAMES & set(module.path.with_suffix("").parts)
    if empty:
        yield f"{module.where}: called {', '.join(sorted(empty))}"


ASKING = {"print", "breakpoint", "input"}


def no_print(module: Module) -> Iterator[str]:
    """Nothing is printed past the command line's own ways."""
    for node in module.nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKING:
            yield f"{module.where}:{node.lineno}: {ast.unparse(node.func)}()"


DANGEROUS = {
    "eval", "exec", "compile", "pickle.load", "pickle.loads", "yaml.load", "os.system",
    "marshal.loads", "shelve.open", "mark_safe", "Markup", "markupsafe.Markup",
}  # fmt: skip


def no_dangerous_calls(module: Module) -> Iterator[str]:
    """Nothing that runs text as code, unpacks objects from bytes or starts a shell."""
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in DANGEROUS and (module.where, called) not in ALLOWED:
            yield f"{module.where}:{node.lineno}: {called}()"
        for word in node.keywords:
            if word.arg == "shell" and ast.unparse(word.value) != "False":
                yield f"{module.where}:{node.lineno}: {called}(shell=…)"


# Where one of them stands all the same, with the reason.
ALLOWED = {
    ("src/regard/papers/web_page.py", "Markup"): "our own style sheet, and pictures we drew",
}
NO_MORE = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")


def nothing_left_undone(module: Module) -> Iterator[str]:
    """No note of work to do and no stub stands in for work that is done."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        if NO_MORE.search(line):
            yield f"{module.where}:{number}: {line.strip()}"
    for node in module.nodes:
        if isinstance(node, ast.Raise) and "NotImplemented" in ast.unparse(node):
            yield f"{module.where}:{node.lineno}: {ast.unparse(node)}"
