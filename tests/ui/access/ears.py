"""Hears and steers the desk over the AT-SPI bus, as a screen reader does: no mouse, no look, and Enter the only key.

The system's own Python runs it, in a session of its own: `gi` is Debian's. It starts the desk, reads every row of the
outline, groups notes by the plan, reads every row again, and prints what it heard as JSON.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402 - the version first

SECONDS = 30
MOVE, OUTLINE = "Move to a theme…", "Outline"
FIELD, THEMES = "Letters of a theme", "Themes"
ENTER = 0xFF0D
USED = {
    "push button", "check box", "radio button", "toggle button", "menu item", "text", "list", "list item", "tree",
    "combo box", "spin button", "slider", "link", "table",
}  # fmt: skip
"""Roles of what a person acts on."""
Node = Any    # Atspi.Accessible, of which no type checker knows


def main(plan: Path) -> None:
    """Carry out a plan: {"desk": how to start it, "moves": [[words of a note, name of a theme], …]}."""
    asked = json.loads(plan.read_text(encoding="utf-8"))
    with subprocess.Popen(asked["desk"]) as desk:
        try:
            sys.stdout.write(json.dumps(heard(asked["moves"])) + "\n")
        finally:
            desk.terminate()


def heard(moves: list[list[str]]) -> dict[str, list[str]]:
    """What the desk says before and after these moves, and what of it has no name."""
    app = until(lambda: first(each for each in children(Atspi.get_desktop(0)) if name(each) == "Sayback"))
    app.set_cache_mask(Atspi.Cache.NONE)
    Atspi.Component.grab_focus(until(lambda: shown(first(children(app)))))    # the window: where keys go
    press(until(lambda: found(app, "menu item", OUTLINE)))
    tree = until(lambda: shown(found(app, "tree", OUTLINE)))
    before = until(lambda: rows(tree))
    unnamed = [each.get_role_name() for each in everything(app) if each.get_role_name() in USED and not is_named(each)]
    mover = until(lambda: found(app, "menu item", MOVE))
    for words, theme in moves:
        move(app, tree, mover, words, theme)
    return {"before": before, "after": rows(tree), "unnamed": unnamed}


def move(app: Node, tree: Node, mover: Node, words: str, theme: str) -> None:
    """One note into a theme, which is made where there is none of that name."""
    words = " ".join(words.split("\n"))
    row = next(each for each in cells(tree) if name(each).startswith(words))
    Atspi.Selection.clear_selection(tree)
    press(row)
    press(until(lambda: usable(mover)))
    field = until(lambda: shown(found(app, "text", FIELD)))
    Atspi.EditableText.set_text_contents(field, theme)
    choices = found(app, "list", THEMES)
    until(lambda: theme in name(choices.get_child_at_index(0)))
    Atspi.generate_keyboard_event(ENTER, None, Atspi.KeySynthType.SYM)
    until(lambda: any(each.startswith(words) and f", {theme}," in each for each in map(name, cells(tree))))


def rows(tree: Node) -> list[str]:
    """What is read out of each row: its first cell says all of it."""
    return [name(cell) for cell in cells(tree)]


def cells(tree: Node) -> Iterator[Node]:
    """The first cell of each row; the header stands first. Each thing asked is a way over the bus and back."""
    columns = Atspi.Table.get_n_columns(tree)
    return children(tree, columns, columns)


def press(node: Node) -> None:
    """Do the first thing that it says can be done with it."""
    assert Atspi.Action.do_action(node, 0), f"nothing can be done with {name(node)}"


def name(node: Node) -> str:
    """What is read out."""
    return str(node.get_name()).partition("\t")[0]    # of a menu: without its keys


def is_named(node: Node) -> bool:
    """Whether it has a name, or is the list of something that has one."""
    return bool(name(node) or (node.get_role_name() == "list" and name(node.get_parent())))


def shown(node: Node) -> Node:
    """The same where it is on the screen, else nothing."""
    return node if node and node.get_state_set().contains(Atspi.StateType.SHOWING) else None


def usable(node: Node) -> Node:
    """The same where it can be used now, else nothing."""
    return node if node and node.get_state_set().contains(Atspi.StateType.ENABLED) else None


def found(node: Node, role: str, named: str) -> Node:
    """The first of that role and name below a node, or nothing. Nobody looks for the cells of a tree here."""
    for child in children(node):
        its_role = child.get_role_name()
        if its_role == role and name(child) == named:
            return child
        if its_role != "tree" and (deeper := found(child, role, named)) is not None:
            return deeper
    return None


def first(nodes: Iterable[Node]) -> Node:
    """The first of these, or nothing."""
    return next(iter(nodes), None)


def everything(node: Node) -> Iterator[Node]:
    """All that is below a node, from the top to the bottom."""
    for child in children(node):
        yield child
        yield from everything(child)


def children(node: Node, begin: int = 0, step: int = 1) -> Iterator[Node]:
    """Those directly below."""
    each = (node.get_child_at_index(place) for place in range(begin, node.get_child_count(), step))
    return (child for child in each if child is not None)


def until(condition: Callable[[], Any]) -> Any:
    """Wait until this gives something, and take it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if result := condition():
            return result
        time.sleep(0.05)
    raise TimeoutError(condition)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
