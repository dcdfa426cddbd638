"""
Setting a page by typst, with the fonts that come along, and with the machine's own where those lack a sign.

Typst refuses a page with a sign it has no font for. Such signs are found first, and an empty box
stands in their place.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any

import typst

BOX = "□"
UNNAMED = "other"

_SURE = "\u017f"  # every letter up to here is in the fonts that come along, Polish ones too
_TOGETHER = 10  # typst reports so many refused signs at once
_ROUNDS = 100  # of taking out signs that are refused only beside others
_REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_SHAPING = "\u200c\u200d\ufe00-\ufe0f"  # shape the signs beside them; without those they mean nothing
_PROBE = b"""#set document(title: "-", date: none)
#set text(lang: "en")
#for sign in json(bytes(sys.inputs.page)) { par(sign) }
"""
_SCRIPTS = {
    "CJK": "chinese",
    "HIRAGANA": "japanese",
    "KATAKANA": "japanese",
    "HANGUL": "korean",
    "ARABIC": "arabic",
    "HEBREW": "hebrew",
    "CYRILLIC": "cyrillic",
    "GREEK": "greek",
    "LATIN": "latin",
    "THAI": "thai",
    "DEVANAGARI": "devanagari",
    "BENGALI": "bengali",
    "TAMIL": "tamil",
    "GEORGIAN": "georgian",
    "ARMENIAN": "armenian",
    "ETHIOPIC": "ethiopic",
}
_PICTURES = (0x1F000, 0x1FBFF)


def typeset(template: bytes, data: dict[str, Any]) -> bytes:
    """
    Set a page as PDF/UA-1.

    Args:
        template: Typst source, which reads its words from `sys.inputs.page` as JSON.
        data: Texts, numbers and lists of them.
    """
    own = _wants_more(data)
    lacking = _lacking(data) if own else frozenset()
    for _ in range(_ROUNDS):
        content, refused = _compiled(template, _boxed(data, lacking), own=own)
        if content is not None:
            return content
        if not refused - lacking:
            break
        own, lacking = True, lacking | refused
    raise RuntimeError("the page could not be set, and no sign is to blame")


def missing(data: dict[str, Any]) -> frozenset[str]:
    """Find the signs in a page that neither the fonts that come along nor those of this machine can show."""
    return _lacking(data) if _wants_more(data) else frozenset()


def scripts(lacking: Iterable[str]) -> tuple[str, ...]:
    """Name the scripts these signs belong to, each once, in the order of the alphabet; `other` comes last."""
    found = {_script(sign) for sign in lacking}
    return tuple(sorted(found, key=lambda name: (name == UNNAMED, name)))


def _script(sign: str) -> str:
    if _PICTURES[0] <= ord(sign) <= _PICTURES[1]:
        return "emoji"
    return _SCRIPTS.get(unicodedata.name(sign, "").partition(" ")[0], UNNAMED)


def _wants_more(data: dict[str, Any]) -> bool:
    """Tell whether the fonts that come along lack a sign."""
    return any(_refused(data, own=False))


def _lacking(data: dict[str, Any]) -> frozenset[str]:
    return frozenset(sign for found in _refused(data, own=True) for sign in found)


def _refused(data: dict[str, Any], *, own: bool) -> Iterator[set[str]]:
    """Try each sign by itself, a few at once; `own` brings in the fonts of this machine, which takes a moment."""
    tried = sorted({sign for text in _texts(data) for sign in text if sign > _SURE and not _shapes(sign)})
    if not tried:
        return
    compiler = _compiler(own=own)
    for start in range(0, len(tried), _TOGETHER):
        yield _tried(compiler, _PROBE, tried[start : start + _TOGETHER])[1]


def _shapes(sign: str) -> bool:
    return re.match(f"[{_SHAPING}]", sign) is not None


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _boxed(data: Any, lacking: Collection[str]) -> Any:
    """Put a box in the place of every sign that is lacking."""
    if not lacking:
        return data
    signs = "".join(map(re.escape, sorted(lacking)))
    return _replaced(data, re.compile(f"[{_SHAPING}]*[{signs}][{_SHAPING}]*"))


def _replaced(data: Any, pattern: re.Pattern[str]) -> Any:
    again = partial(_replaced, pattern=pattern)
    if isinstance(data, str):
        return pattern.sub(BOX, data)
    if isinstance(data, dict):
        return {key: again(value) for key, value in data.items()}
    return [again(value) for value in data] if isinstance(data, list) else data


def _compiler(*, own: bool) -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=not own)


def _compiled(template: bytes, data: Any, *, own: bool) -> tuple[bytes | None, set[str]]:
    return _tried(_compiler(own=own), template, data)


def _tried(compiler: typst.Compiler, source: bytes, data: Any) -> tuple[bytes | None, set[str]]:
    """Give the finished file, or the signs for which there is none. What typst says holds words of the page."""
    try:
        content = compiler.compile(
            input=source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"page": json.dumps(data)}
        )
    except typst.TypstError as refusal:
        said = refusal.diagnostic
    else:
        return (content if isinstance(content, bytes) else None), set()
    return None, {sign for text in _REFUSED.findall(said) for sign in _ESCAPED.sub(_sign, text)}


def _sign(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    return {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}.get(found[2], found[2])
