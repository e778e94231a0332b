"""Which actions the menus of board and outline offer besides their own, for what is under the pointer."""

SORT = "sort"
"""The menu of the ways to sort, as it is offered in others."""
FOR_A_QUESTION = (
    "take-notes", "reveal", "reveal-parts", "seen-at-once", "seen-later", "seen-never", "read-first", "counts", "kinds",
    "pictures", "live", "join-venues", "asking", "open-vote", "voting", "result", "count-votes",
)  # fmt: skip
FOR_A_THEME = (
    "name-theme", "colour-theme", "fold", SORT, "choose-theme", "place-theme", "free-theme", "answer-theme",
    "join-themes", "remove-theme", "open-vote", "voting", "result", "count-votes",
)  # fmt: skip
FOR_A_NOTE = (
    "what-happened", "also", "only-here", "own", "hold", "show", "merge", "split", "mark-now", "mark-asked",
    "mark-writing", "mark-parked", "mark-waiting", "answer", "block", "discard",
)  # fmt: skip
"""What the menus of board and outline offer besides their own."""
