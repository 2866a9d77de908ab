"""Pictures in the written package: each is one that the text shows, whole, and holds nothing but its pixels."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from app.word.pictures import picture_kind, without_metadata
from app.word.table_safe.drawings import digest, is_cropped
from app.word.table_safe.names import EMBED, RELATION_ID, Element, full
from app.word.table_safe.refusal import refusal

_HOLDERS: Final = ((full("a:blip"), EMBED), (full("v:imagedata"), RELATION_ID))


def check_pictures(
    stories: dict[str, Element],
    relations: dict[str, dict[str, str]],
    parts: dict[str, bytes],
    known: Collection[str],
) -> None:
    """Refuse pictures that hold more than they show.

    Args:
        stories: The text parts.
        relations: For each part, the parts it refers to by id.
        parts: All parts.
        known: Digests of pictures that the other side sent.

    Raises:
        NotTableSafe: Names the picture.
    """
    shown = set()
    for name, root in stories.items():
        for tag, attribute in _HOLDERS:
            for holder in root.iter(tag):
                picture = relations.get(name, {}).get(holder.get(attribute, ""), "")
                if picture not in parts:
                    raise refusal(name, "shows a picture that is not in the file.")
                shown.add(picture)
                if is_cropped(holder) and digest(parts[picture]) not in known:
                    raise refusal(picture, "is cropped, and what was cut off is still in it.")
    for picture in (name for name in parts if name.startswith("word/media/")):
        content = parts[picture]
        if picture not in shown:
            raise refusal(picture, "is a picture that the text does not show.")
        if digest(content) in known:
            continue
        try:
            cleaned = without_metadata(content)
        except ValueError as error:
            raise refusal(picture, str(error)) from error
        if cleaned != content or picture_kind(content) != picture.rpartition(".")[2]:
            raise refusal(picture, "holds more than its pixels.")
