"""The subject of a verb: which actor heads the noun phrase before it, and which only stands nearby.

"The Union's request", "employee data" and "at the request of the Union" name the Union or employees, but none of these
phrases is the Union or employees.
"""

from __future__ import annotations

import re

from app.analysis.undertakings import Mark

_PREPOSITION = re.compile(
    r"\b(?:of|to|with|from|for|against|on|by|upon|between|among|at|about|without|in|under|than|affecting|covering|involving|concerning|regarding|identifying|including|replacing|displacing|excluding|notifying|naming)(?: (?:the|an?|any|each|every|all|its|their|affected|such|other|both))* $",
    re.I,
)
_OWNER = re.compile(r"(?:[’']s|s[’']|[’'])(?=\W|$)", re.I)
_PEOPLE = re.compile(
    r"(?:[’']s?)?(?: [\w-]+){0,2} (?:representatives?|nominees?|officials?|officers?|delegates?|designees?|side|members?|leaders?|negotiators?|presidents?|heads?|chairs?)\b",
    re.I,
)
_POSTMODIFIER = re.compile(
    r"(?:,[^;]*,$| ?\(| (?:who|whose|whom|that|which|on|in|at|of|with|without|from|under|over|to|for|by|as|during|within|subject|\w{3,}ed|\w{3,}ing|laid|given|told|and|or|whether|when|where|wherever|whenever|if|working|then|alone|so|not|no longer|already|otherwise|absent|present|unable|able|aware|eligible|entitled|ill|responsible|qualified|available|due)\b)",
    re.I,
)
_NEW_SUBJECT = re.compile(
    r"(?:[,;:] (?:(?:and|but|or|nor|whereupon|so) )?(?:that )?|\b(?:and|but|nor|(?P<that>that)|so that|whereupon) )(?:the|an?|any|no|nothing|each|every|such|this|these|those|all|its|their|both|[A-Z][\w-]*)\b[^,;:]*$",
)
_RELATIVE = re.compile(r" (?:who|whom|whose|that|which)\b", re.I)
_LINK = re.compile(
    r"(?:,|,? (?:and|or)|,? and/or) ?(?:(?:the|an?|any|each|every|either|its|all|affected|group of|number of) )*$", re.I
)
_OPENING = re.compile(
    r"(?:^|.*[,:] )(?:the|an?|any|each|every|all|both|either|such|no|only|[\"“(])?[\"“(]? ?$", re.I | re.S
)


def head_of(text: str, end: int, actors: list[Mark]) -> Mark | None:
    """Find the actor that heads the noun phrase which ends at `end`; None where a thing heads it.

    Args:
        text: the whole text.
        end: where the phrase ends, right before the modal.
        actors: the actors before that, in order.
    """
    for number in range(len(actors) - 1, -1, -1):
        actor = actors[number]
        people = _PEOPLE.match(text, actor.end, end)
        owns = is_owner(text, actor) and not people
        if owns or text[actor.end : actor.end + 1] == "-" or after_preposition(text, actor):
            continue
        rest = text[people.end() if people else actor.end : end]
        if rest and not rest.startswith(",") and not _POSTMODIFIER.match(rest):
            continue  # "employee data", or "whom the Employer dismisses"
        if rest and _speaks_of_another(rest):
            first = _first_of_list(text, number, actors)
            listed = bool(re.fullmatch(r",? (?:and|or) (?:an? |the |any )?[\w ]+ of [\w ]+", rest))
            return actors[first] if listed and first < number else None
        first = _first_of_list(text, number, actors)
        if first < number and {"employer", "union"} <= {a.id for a in actors[first : number + 1]}:
            return Mark("parties", actors[first].start, actor.end, text[actors[first].start : actor.end])
        if actor.id == "committee" and number and _owns(text, actors[number - 1], actor):
            return actors[number - 1]
        return actors[first]
    return None


def _speaks_of_another(rest: str) -> bool:
    """Whether a new subject begins between an actor and the modal: "the Union may ask, and the notice shall …"."""
    if not _POSTMODIFIER.match(rest):
        return True
    new = _NEW_SUBJECT.search(rest)
    # "an employee who believes that the tool is wrong" is one subject
    return new is not None and not (new["that"] and _RELATIVE.match(rest))


def _first_of_list(text: str, number: int, actors: list[Mark]) -> int:
    """ "Any employee, the Union, or the committee": the place of the first of them, if the list opens its clause."""
    first = number
    while first and _LINK.fullmatch(text[actors[first - 1].end : actors[first].start]):
        first -= 1
    opens = _OPENING.match(text[max(0, actors[first].start - 60) : actors[first].start])
    return first if opens and not after_preposition(text, actors[first]) else number


def _owns(text: str, owner: Mark, thing: Mark) -> bool:
    gap = text[owner.end : thing.start]
    return is_owner(text, owner) and bool(re.fullmatch(r"(?:[’']s|s[’'])?(?: [\w-]+){0,2} ", gap))


def is_owner(text: str, mark: Mark) -> bool:
    return mark.text.endswith(("'s", "’s")) or bool(_OWNER.match(text, mark.end))


def after_preposition(text: str, mark: Mark) -> bool:
    return bool(_PREPOSITION.search(text[max(0, mark.start - 40) : mark.start]))
