"""A day as it is read."""

from datetime import date

from core.base.language import _


def month_names() -> tuple[str, ...]:
    """The months, from January."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
        _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def day_and_month(day: date) -> str:
    """A day as it is read where everybody knows which year."""
    return _("{day} {month}").format(day=day.day, month=month_names()[day.month - 1])


def day_words(day: date) -> str:
    """A day as it is read."""
    return _("{day} {month} {year}").format(day=day.day, month=month_names()[day.month - 1], year=day.year)
