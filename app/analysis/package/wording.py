"""The sentences of a package view: why it is judged so, by the names of what got worse and better."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet

from app.analysis.results import Backing, Judgment, PackagePoint, ProtectionReference

_NAMED = 3  # of what is not essential; what is essential is always named


def reason(
    judgment: Judgment,
    backing: Sequence[Backing],
    worse: Sequence[PackagePoint],
    better: Sequence[PackagePoint],
    *,
    essential: Sequence[ProtectionReference],
    plural: AbstractSet[str],
) -> str:
    """Say why: one sentence on what stands behind the promise, one that names what got worse and better.

    Args:
        judgment: already made.
        backing: what stood or stands behind it.
        worse: everything that is a loss.
        better: everything that is a gain.
        essential: essential protections that are worse; every one is named.
        plural: ids of backing whose label takes a plural verb.
    """
    said = _Sentences(backing, plural, gains=bool(better), losses=bool(worse))
    first = {
        "kept": said.kept,
        "stronger": said.stronger,
        "weaker": said.weaker,
        "traded": said.traded,
        "emptied": said.emptied,
    }[judgment]()
    names = []
    if worse:
        names.append(f"Worse: {_names(worse, essential)}.")
    if better:
        names.append(f"Better: {_words(better)}.")
    return " ".join([first, *names])


class _Sentences:
    """The first sentence for each judgment."""

    def __init__(self, backing: Sequence[Backing], plural: AbstractSet[str], *, gains: bool, losses: bool) -> None:
        self._backing, self._plural = backing, plural
        self._gains, self._losses = gains, losses

    def kept(self) -> str:
        standing = self._in("kept", "stronger", "gained")
        behind = f", and {self._that(standing, 'still stands', 'still stand')} behind it" if standing else ""
        return f"We found no loss{behind}."

    def stronger(self) -> str:
        new = self._in("gained")
        if not new:
            return "It gained, and we found no loss."
        start = _capital(self._that(new, "now stands", "now stand"))
        rest = "which outweighs what got shorter or narrower" if self._losses else "and we found no loss"
        return f"{start} behind it, {rest}."

    def weaker(self) -> str:
        gone, less = self._in("lost"), self._in("weaker")
        loss = self._losing(gone, less) or "what it promises is worth less"
        but = "; what got better does not outweigh it" if self._gains else ""
        return f"{_capital(loss)}{but}."

    def traded(self) -> str:
        gone, less, new = self._in("lost"), self._in("weaker"), self._in("gained")
        if gone or less:
            loss = self._that(
                gone or less, "is gone" if gone else "is worth less", "are gone" if gone else "are worth less"
            )
            return f"{_capital(self._that(new, 'is new', 'are new'))}, but {loss}: neither settles it."
        if new:
            start = _capital(self._that(new, "now stands", "now stand"))
            return f"{start} behind it, but the promise itself is worth less."
        return "Some of it got better and some of it worse, and neither settles it."

    def emptied(self) -> str:
        gone = _capital(self._that(self._in("lost", "replaced"), "is gone", "are gone"))
        but = ", so what got better does not help" if self._gains else ""
        return f"{gone} and nothing else stands behind the promise{but}."

    def _losing(self, gone: Sequence[Backing], less: Sequence[Backing]) -> str:
        parts = [self._that(gone, "is gone", "are gone")] if gone else []
        parts += [self._that(less, "is worth less", "are worth less")] if less else []
        return ", and ".join(parts)

    def _in(self, *states: str) -> list[Backing]:
        return [each for each in self._backing if each.state in states]

    def _that(self, backing: Sequence[Backing], singular: str, plural: str) -> str:
        many = len(backing) > 1 or any(each.id in self._plural for each in backing)
        return f"{_listed([each.label for each in backing])} {plural if many else singular}"


def _names(points: Sequence[PackagePoint], essential: Collection[ProtectionReference]) -> str:
    """The essential protections, then others up to a few; what has no protection by what happened to it."""
    first = [_named(each) for each in essential]
    others = _once(
        name
        for point in points
        for name in ([_named(each) for each in point.protections] or [point.explanation.rstrip(".")])
        if name not in first
    )
    shown = others[: max(0, _NAMED - len(first))]
    return "; ".join([*first, *shown, *(["and others"] if len(others) > len(shown) else [])])


def _words(points: Sequence[PackagePoint]) -> str:
    """What happened, not to which protection: the same protection may be worse in another respect."""
    said = [point.explanation.rstrip(".") for point in points]
    return "; ".join([*said[:_NAMED], *(["and others"] if len(said) > _NAMED else [])])


def _named(protection: ProtectionReference) -> str:
    return f"“{protection.label}”"


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _listed(labels: Sequence[str]) -> str:
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
