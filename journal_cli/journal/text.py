"""
Rules about text itself: what may be kept, what may be shown, what is marked in it.

Everything the person wrote is kept exactly as it came. What is shown is made safe first.
"""

import re
import unicodedata
from collections.abc import Iterator

from journal_cli.errors import Mistyped, NotWhatItSays

FIRST_MARK = "\u0300"  # below it stand Latin letters and signs, and whatever is unseen among them is not printable
LONGEST = 16 * 1024 * 1024  # bytes of UTF-8 in one text

_JOINER = "\u200d"  # holds the people of one family emoji together
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # choose the shape of the sign before
# Signs that take no room on the screen, so that something could hide behind them.
_HIDDEN = (
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# Patterns are text until their first use, when `re` compiles and keeps them: most commands need few of them.
_UNSEEN = (
    # The flags of England, Scotland and Wales are spelt in hidden letters; they stay.
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    # Persian and the scripts of India spell with this sign between two letters.
    "|(?P<spelling>(?<=[\u0620-\u0dff])\u200c(?=[\u0620-\u0dff]))"
    f"|(?P<joiner>{_JOINER})"
    "|(?P<newline>\r\n)"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff" + _HIDDEN + "]"
    # One selector shapes a sign. One with nothing before it, or a second, shapes nothing.
    f"|(?:\\A|(?<=[\n{_SELECTORS}]))[{_SELECTORS}]"
)
_BLANK = rf"[\s\x00-\x1f\x7f-\x9f\u034f\u2800{_HIDDEN}{_SELECTORS}]*"

_HALF = "[\ud800-\udfff]"
_SIGN = "[@#]"
_IDEOGRAPH = (
    "[\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003fffd]"
)
_GAP = r"[\s\u200b–—…/]+"
_LETTER_OR_DIGIT = r"[^\W_]"


def visible(text: str) -> str:
    """
    Make text safe to show on a terminal.

    Line ends and tabs stay, a Windows line end becomes a plain one, and emoji stay whole.
    A control is shown as its picture (`␛`), anything else unseen by its number (`⟨U+202E⟩`),
    so that nothing in the text can steer the terminal, reorder a line or hide.
    """
    if text.isprintable() and max(text, default="") < FIRST_MARK:
        return text  # plain Latin letters, as in most lists: nothing to look for
    return re.sub(_UNSEEN, _picture, text)


def visible_line(text: str) -> str:
    """Make text safe to show on one line: as `visible`, and line ends and tabs become a space."""
    return re.sub("[\n\t]+", " ", visible(text))


def _picture(found: re.Match[str]) -> str:
    if found["newline"]:
        return "\n"
    sign = found[0]
    if found.lastgroup:
        return sign
    if sign < " ":
        return chr(0x2400 + ord(sign))
    return "␡" if sign == "\x7f" else f"⟨U+{ord(sign):04X}⟩"


def storable(text: str) -> str:
    """
    Give the text back unchanged if it can be kept.

    Raises:
        Mistyped: If it is longer than 16 MiB, or holds half of a surrogate pair, which is no character.
    """
    if half := re.search(_HALF, text):
        raise Mistyped(
            "character {position} of the text is only half of one and cannot be kept",
            hint="take it out, or check the encoding of where the text comes from",
            position=half.start() + 1,
        )
    if len(text) > LONGEST or len(text.encode()) > LONGEST:
        raise Mistyped(
            "the text is longer than one entry may be, {mebibytes} MiB",
            hint="divide it into several entries",
            mebibytes=LONGEST // 1024**2,
        )
    return text


def is_empty(text: str) -> bool:
    """Say whether there is nothing to see in a text: only white space, controls and unseen signs."""
    return re.fullmatch(_BLANK, text) is not None


def decoded(raw: bytes) -> str:
    """
    Read bytes as UTF-8, without the mark some editors put before it; line ends stay as they are.

    Raises:
        NotWhatItSays: If a byte does not belong; it is named by its offset (from 0) and line (from 1).
    """
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as broken:
        offset = broken.start
    # Raised out here, for the error above carries the whole text with it.
    raise NotWhatItSays(
        "this is not UTF-8 text: the byte at offset {offset}, in line {line}, does not belong",
        hint="save it as UTF-8, then try again",
        offset=offset,
        line=raw.count(b"\n", 0, offset) + 1,
    )


def people(text: str) -> tuple[str, ...]:
    """
    List the people marked as `@name`, in the order they first appear, as first written.

    A name begins with a letter. `@Anna` and `@anna` are one person.
    """
    named: dict[str, str] = {}
    for name in _marked(text, "@"):
        if name[0].isalpha():
            named.setdefault(_folded(name), unicodedata.normalize("NFC", name))
    return tuple(named.values())


def tags(text: str) -> tuple[str, ...]:
    r"""List the tags marked as `#tag`, in the order they first appear, in small letters; `\#this` is none."""
    return tuple(dict.fromkeys(_folded(name) for name in _marked(text, "#")))


def tag_name(text: str) -> str:
    """
    Write a tag given by itself, with or without its `#`, the way tags in a text are written.

    Raises:
        Mistyped: If it is not one word of letters, digits, `-` and `_`.
    """
    word = text.strip().removeprefix("#")
    name = _name_at(word, 0)
    if not name or word.rstrip("-_") != name:
        raise Mistyped("a tag is one word of letters, digits, - and _", hint="for example: sunday-dinner")
    return _folded(name)


def _folded(name: str) -> str:
    """Small letters in one spelling; decomposing first, as folding a composed letter may miss its marks."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def tag_places(text: str) -> tuple[tuple[int, int], ...]:
    """Tell where each tag begins and ends in a text, its `#` included, in order."""
    return tuple((place, place + 1 + len(name)) for place, name in _marks(text, "#"))


def _marked(text: str, sign: str) -> Iterator[str]:
    return (name for _, name in _marks(text, sign))


def _marks(text: str, sign: str) -> Iterator[tuple[int, str]]:
    """Each name that stands behind the sign, unless the sign ends a word (an address, C#) or a backslash guards it."""
    for found in re.finditer(_SIGN, text):
        place = found.start()
        # An `&` before `#` begins a character written by number, as in copied web pages.
        guarded = place > 0 and (text[place - 1] in "\\&_" or _in_word(text[place - 1]))
        if found[0] == sign and not guarded and (name := _name_at(text, place + 1)):
            yield place, name


def _name_at(text: str, start: int) -> str:
    """Give the name that begins at this place, empty if none does."""
    end = start
    while end < len(text) and (_in_word(text[end]) or text[end] == "_" or (text[end] == "-" and end > start)):
        end += 1
    return text[start:end].rstrip("-_")


def _in_word(sign: str) -> bool:
    """Letters, digits, and the marks that many scripts write vowels with."""
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def count_words(text: str) -> int:
    """
    Count words as a person would.

    White space and long dashes part words, `don't` and `half-open` are one, and signs alone
    are none. In Chinese and Japanese every character counts.
    """
    rest, ideographs = re.subn(_IDEOGRAPH, " ", text)
    says = re.compile(_LETTER_OR_DIGIT).search
    return ideographs + sum(1 for word in re.split(_GAP, rest) if word.isalnum() or says(word))


def opening(text: str, width: int = 72) -> str:
    """
    Give the first line that says something, made visible and cut at a word with `…` if it is long.

    It is empty only when the text is.

    Args:
        text: What was written.
        width: At most this many characters, at least 2.
    """
    line = next((line for line in text.split("\n") if not is_empty(line)), "")
    line = visible_line(line.strip())
    if len(line) <= width:
        return line
    room = max(width - 1, 1)
    words = line[: room + 1].rpartition(" ")[0].rstrip()
    return (words or line[: _whole(line, room)]) + "…"


def _whole(line: str, cut: int) -> int:
    """Move a cut back so that it parts no letter from its marks and no emoji from its other half."""
    whole = cut
    while whole > 0 and (line[whole - 1] == _JOINER or _clings(line[whole])):
        whole -= 1
    return whole or cut


def _clings(sign: str) -> bool:
    return sign == _JOINER or unicodedata.category(sign).startswith("M")
