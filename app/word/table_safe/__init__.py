"""The gate for everything that the other side will see.

`make_table_safe` takes any Word file and hands out a copy that holds what the pages show and nothing else;
`assert_table_safe` reads a finished file again, part by part, against an allow-list (`allowed.txt`), and refuses it
when anything else is in it; `things_to_look_at` names what is on the page but hard to see.
"""

from app.word.table_safe.caucus_copies import refuse_caucus_copy
from app.word.table_safe.check import assert_table_safe
from app.word.table_safe.make import make_table_safe
from app.word.table_safe.remarks import things_to_look_at

__all__ = ["assert_table_safe", "make_table_safe", "refuse_caucus_copy", "things_to_look_at"]
