"""What the tone lint says: which rule, where, and about what."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """
    One thing the lint has to say. It is a remark: whoever writes decides.

    Args:
        rule: Its name; `tone.RULE` is the sentence.
        where: The id of the prompt or session, and the part in the file's own names: `kept-word, follow_ups 2`.
        values: What the sentence is filled with, beside `where`.
    """

    rule: str
    where: str
    values: Mapping[str, str] = field(default_factory=dict)
