"""What a period is for, from the words around it, and which way it is better for workers.

Directions follow PRECEDENTS c.2: longer notice is better, a longer wait for a reply is worse; what protects should
last, what burdens should end.
"""

from __future__ import annotations

import re
from typing import Literal

Better = Literal["more", "less", "unknown"]

_NEVER = r"(?!)"
_DATA = re.compile(
    r"\b(?:data|records?|recordings?|footage|images?|information|logs?|files?|videos?|tapes?|templates?|copies)\b",
    re.IGNORECASE,
)
_TRAINING = re.compile(r"\btrain\w*\b|\bretrain\w*\b|\bcourse", re.IGNORECASE)
_OURS = r"(?:union|guild|association|local|employee|worker|member|performer|grievor|trustee)s?(?:['’]s?)?"
_LASTING = re.compile(
    r"\bfor (?:a (?:further |minimum )?period of |at least |another |(?:the )?(?:first|next|following) )?$",
    re.IGNORECASE,
)
"""How long something lasts, no date by which somebody has to act."""
_OR_MORE = re.compile(r" or (?:more|longer)\b", re.IGNORECASE)
_OF_WHOM = re.compile(r"\b(?:who|whom|whose|where|if|when|that)\b[^.;]{0,80}$", re.IGNORECASE)
_AHEAD = re.compile(r"[^.;,]{0,20}\b(?:before|prior to|in advance|ahead of|notice)\b", re.IGNORECASE)

_ROLES: tuple[tuple[str, Better, str, str], ...] = (
    # role, better, pattern before, pattern after; the first that fits wins
    ("period", "more", r"\b(?:follow|happen|occur|come)s? within $", _NEVER),  # how long a step is taken for revenge
    (
        "period",
        "more",
        _NEVER,
        r"^ (?:of|after|following)\b[^.;]{0,60}\b(?:is|are|be) (?:presum|deemed|(?:a |an act of )?(?:repris|retaliat))",
    ),
    ("period", "less", r"\b(?:none|nothing|not|no \w+) older than $", _NEVER),
    (
        "period",
        "less",
        r"\b(?:consent|waiver|warning|reprimand|suspension|licen[cs]e|pilot|trial|permission)s?\b[^.;]{0,90}"
        r"\b(?:ends?|expires?|lapses?|removed|deleted)\b[^.;]{0,15}\b(?:after|in|within) $",
        _NEVER,
    ),
    (
        "period",
        "less",
        r"\b(?:remove|delete|strike)s?\b[^.;]{0,20}\b(?:warning|reprimand)s?\b[^.;]{0,40}\bafter $",
        _NEVER,
    ),
    (
        "period",
        "less",
        rf"(?<!union )(?<!employee )(?<!worker )\b(?:may|limit)\b(?:(?!\bnot\b(?! more))(?!\b{_OURS} may\b)[^.;]){{0,110}}"
        r"\b(?:no more than|not more than|at most|limited to|use to|by up to) $",
        _NEVER,
    ),  # how long the Employer may do what burdens workers
    ("period", "more", r"\b(?:shall|may|must|will) not\b[^.;]{0,160}\buntil (?:at least )?$", _NEVER),
    ("own_notice", "less", rf"\b{_OURS} (?:may|can|shall|must)\b[^.;]{{0,50}}\bwith (?:at least )?$", _NEVER),
    ("to_object", "more", rf"\b{_OURS}(?: written)? requests? (?:made )?within $", _NEVER),
    (
        "term",
        "unknown",
        r"\b(?:expires?|lapses?|sunsets?|term of(?: this \w+ (?:is|shall be))?)(?: on| in| after)? $",
        _NEVER,
    ),
    (
        "to_object",
        "more",
        r"\b(?:silence|fail(?:s|ure)? to (?:respond|object|reply)|no (?:response|objection))\b[^.;]{0,60}$",
        _NEVER,
    ),
    (
        "retention",
        "less",
        r"\b(?:delet|eras|destroy|purg)\w*\b[^.;]{0,30}\b(?:within|later than) (?:the (?:next|following) )?$",
        _NEVER,
    ),
    (
        "to_object",
        "more",
        r"(?<!of the )(?<!tell the )\b(?:union|employee|member|worker|guild|association|grievor|trustee)\b(?! data)(?:(?!\bemployer\b|\bcompany\b)[^.;]){0,40}\b(?:may|must|shall|has|have)\b(?! (?:tell|give|return|send|delete|publish|answer|pay)\b)(?:(?!\bhear|\bemployer\b|\bshall\b|\banswer\b|\bcorrected\b|\bread\b|\breceive)[^.;]){0,90}\b(?:within|later than) (?:the (?:next|following) )?$",
        _NEVER,
    ),
    ("deadline", "less", r"\b(?:within|later than) (?:the (?:next|following) )?$", _NEVER),
    ("probe", "unknown", r"\b(?:dated?|effective|since|year of|age of) $", r"^ of age"),
    (
        "log_retention",
        "more",
        r"\b(?:(?:logs?|audit (?:trail|record)s?)\b[^.;]{0,40}\b(?:retain\w*|kept|keep|stored?)\b|(?:retain|keep|store)\b[^.;]{0,30}\blogs?\b)[^.;]{0,30}$",
        _NEVER,
    ),
    (
        "retention",
        "less",
        r"\b(?:retain\w*|kept|keep|stored?|hold|held|delet\w+|eras\w+|destroy\w*|purge\w*)\b[^.;]{0,60}$",
        r"^[^.;]{0,30}\b(?:retention|deleted|erased)\b",
    ),
    (
        "to_object",
        "more",
        r"\b(?:union|employee|member|worker|grievor|grievant|guild|association|steward|performer)s? (?:shall have|has|have|may|must|shall|will have|can)\b[^.;]{0,60}$",
        r"^ (?:in which )?to (?:file|object|respond|demand|appeal|grieve|request|apply|consider)\b",
    ),
    (
        "notice",
        "more",
        r"\b(?:notice|notify|notifies|inform|advance|give|least|written)\b[^.;]{0,60}$",
        r"^['’]?s?['’]?,? (?:prior|advance|written|before|in advance|notice|of (?:advance |prior |written )?notice)\b",
    ),
    ("notice", "more", r"\b$", r"^[^.;,]{0,20}\b(?:before|prior to|in advance|ahead of)\b"),
    (
        "deadline",
        "less",
        r"\b(?:within|later than|inside|not exceeding|maximum of|in)(?: (?:the|a|next|period of|first))* $",
        r"^ (?:of (?:receipt|receiv|the|an?|any|each|such|that|its|their|request|notice|learning|knowing|signing|filing|becoming|being)"
        r"|after|from|following|to (?:respond|reply|answer|report))",
    ),
    (
        "training",
        "more",
        r"\b(?:training|instruct\w+|retrain\w+)\b[^.;]{0,60}$",
        r"^[^.;]{0,40}\b(?:training|instruction|retraining)\b",
    ),
    (
        "recall",
        "more",
        r"\b(?:recall|rehire|coverage|benefits|continu\w+|maintain\w*|severance|protect\w*)\b[^.;]{0,60}$",
        r"^[^.;]{0,40}\b(?:recall|coverage|benefits|continuation)\b",
    ),
)


def role_of_period(text: str, start: int, end: int) -> tuple[str, Better]:
    """Say what a period is for. Source: PRECEDENTS c.2."""
    before, after = text[max(0, start - 190) : start], text[end : end + 110]
    lasting = bool(_LASTING.search(before)) and not _AHEAD.match(after)
    if text[start:end].lower().endswith(("hour", "hours")) and _TRAINING.search(before[-60:] + after[:50]):
        return "training", "more"
    if _OR_MORE.match(after) and _OF_WHOM.search(before):
        return "threshold", "less"
    for role, better, pattern_before, pattern_after in _ROLES:
        if role == "retention" and not _DATA.search(before + after):
            continue
        if role in {"deadline", "notice"} and lasting:
            continue
        if re.search(pattern_before, before, re.I) or re.search(pattern_after, after, re.I):
            return role, better
    return "period", "unknown"
