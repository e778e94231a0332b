"""The honest number and what stands behind it, in words for those who send: the same on the desk and in a terminal."""

from datetime import timedelta

from core.base.language import _, ngettext
from core.post.account import Account, Standing
from core.post.erasing import Outside


def number(account: Account) -> str:
    """How many have been answered, of all who took part."""
    if not account.all:
        return _("Nobody has taken part yet.")
    return ngettext("Answered {n} of {all} person.", "Answered {n} of {all} people.", account.all).format(
        n=account.answered, all=account.all
    )


def unreached(account: Account) -> str:
    """How many cannot be reached; empty where everybody can."""
    if not account.unreached:
        return ""
    return ngettext("{n} person cannot be reached.", "{n} people cannot be reached.", account.unreached).format(
        n=account.unreached
    )


def parts(account: Account) -> list[tuple[Standing, str, int]]:
    """How the people stand, in words, as far as there are any: together they are everybody."""
    return [(each, standing_name(each), count) for each in Standing if (count := account.by_standing.get(each, 0))]


def standing_name(standing: Standing) -> str:
    """How it stands with somebody."""
    return {
        Standing.SENT: _("Sent by email"),
        Standing.PRINTED: _("Printed for the post"),
        Standing.COLLECTED: _("Read their own page"),
        Standing.UNSURE: _("Unsure whether it went"),
        Standing.WAITING: _("Waiting for their letter"),
        Standing.REFUSED: _("Address does not work"),
        Standing.NO_ADDRESS: _("Left no address"),
    }[standing]


def nobodys(account: Account) -> str:
    """Notes without a way back; empty where there are none."""
    if not account.nobodys:
        return ""
    return ngettext(
        "{n} note is nobody’s: its writer chose no way back.",
        "{n} notes are nobody’s: their writers chose no way back.", account.nobodys,
    ).format(n=account.nobodys)  # fmt: skip


def how_long(left: timedelta) -> str:
    """How long the rest takes."""
    minutes = max(1, round(left.total_seconds() / 60))
    if minutes < 90:
        return ngettext("about {n} minute", "about {n} minutes", minutes).format(n=minutes)
    hours = round(minutes / 60)
    return ngettext("about {n} hour", "about {n} hours", hours).format(n=hours)


def outside(files: Outside, most: int | None = None) -> list[str]:
    """The exported files, which nobody can reach into from here, each on a line; of more than `most` the rest is
    counted. Empty where none was exported."""
    said = []
    listed = files.there[:most]
    if listed:
        said.append(_("These files were written before. They are outside our reach; make them anew or delete them:"))
        said += [f"  {each.path}" for each in listed]
    more = len(files.there) - len(listed)
    if more:
        said.append(ngettext("And {n} file more.", "And {n} files more.", more).format(n=more))
    if files.gone:
        gone = ngettext("{n} more file is not where it was written. Ask who has it.",
                        "{n} more files are not where they were written. Ask who has them.", files.gone)  # fmt: skip
        said.append(gone.format(n=files.gone))
    return said


def why(reason: str) -> str:
    """Why a letter did not go, in words, with the server's number."""
    first = reason.split(" ")[0]
    if first == "bounced":
        return _("It came back ({number}).").format(number=reason.partition(" ")[2] or "?")
    known = {
        "address": _("The address is not right."),
        "line": _("The line broke while it went."),
        "died": _("Sayback ended while it went."),
        "draft": _("It was written as a draft."),
        "552": _("It is too large for this server (552)."),
        "550": _("The server knows no such address (550)."),
        "421": _("The server was too busy (421)."),
    }
    if reason and first not in known:
        return _("The server said no ({number}).").format(number=reason)
    return known.get(first, "")
