"""What is said of venues, in words."""

from core.base.bidi import isolated
from core.base.language import _, ngettext
from core.domain.places import Comparison, Heard, Said
from ui.words.names import notes_count


def heard_name(heard: Heard, venues: int) -> str:
    """Above the themes that were said so widely."""
    return {
        Heard.ALL: ngettext("Said in all {n} venues", "Said in all {n} venues", venues).format(n=venues),
        Heard.SOME: _("Said in some venues"),
        Heard.ONE: _("Said in one venue only"),
        Heard.NOWHERE: _("Not said yet"),
    }[heard]


def said_words(said: Said) -> str:
    """What stands in a cell: how many notes, and of how many people, where anybody can know."""
    if not said.notes:
        return "–"
    if not said.people:
        return notes_count(said.notes)
    return "\n".join((notes_count(said.notes), people_count(said.people)))


def people_count(people: int) -> str:
    """A number of people, exact: it stays at the desk."""
    return ngettext("{n} person", "{n} people", people).format(n=people)


def there_words(found: Comparison, number: int) -> str:
    """Who is at a venue: as many as took part, of those whom somebody counted there."""
    venue = found.venues[number]
    there, counted = found.there.get(venue, 0), found.counted[venue]
    return _("{n} of {all} people").format(n=there, all=counted) if counted else people_count(there)


def speaking(found: Comparison) -> int:
    """How many venues have said anything to the question."""
    return sum(said.notes > 0 for said in found.all.values())


def summary(found: Comparison, quiet: list[str]) -> str:
    """Above the table: how many have spoken, who has not, and what nobody can place."""
    count = speaking(found)
    told = [ngettext("{n} venue has said something to this question.", "{n} venues have said something to this "
                     "question.", count).format(n=count)]    # fmt: skip
    if quiet and count:
        told.append(_("Nothing yet from: {names}.").format(names=", ".join(map(isolated, quiet))))
    if found.nowhere:
        told.append(ngettext(
            "Of {n} note nobody knows the venue: say where each desk is.",
            "Of {n} notes nobody knows the venue: say where each desk is.", found.nowhere,
        ).format(n=found.nowhere))    # fmt: skip
    return " ".join(told)
