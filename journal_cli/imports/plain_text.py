"""
The marks of other programs taken out of a text: HTML, and backslashes that Markdown did not need.

What is not clearly such a mark stays as it is: `I <3 you`, `a < b`, `<unsent>`.
"""

import html
import re

_STYLES = "b|strong|i|em|u|s|strike|del|ins|small|big|sub|sup|mark|code|tt|span|font|a"
_BLOCKS = "p|div|ul|ol|li|blockquote|pre|h[1-6]|hr|br|table|tbody|thead|tr|td|th|html|body"
# The length is bounded so that a note of nothing but `<b <b <b` is read as fast as any other.
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_BLOCKS}|{_STYLES})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_SIGN = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*){2,}")

# Code stays as it is. A `\#` before a letter stays too: without its backslash the word would become a tag.
_ESCAPED = re.compile(r"```.*?```|`[^`\n]*`|\\#(?=\w)|\\(?P<sign>[!-/:-@\[-`{-~])", re.DOTALL)


def from_html(text: str) -> str:
    """
    Turn the HTML of a note into text; a text without a tag of HTML in it is given back as it is.

    Line breaks, paragraphs and lists keep their lines, with `- ` or a number before each item; what was bold or
    coloured is plain. Signs written by name (`&amp;`) are read only where there are tags.
    """
    if not _TAG.search(text):
        return text
    lines = _Lines()
    place = 0
    for tag in _TAG.finditer(text):
        lines.say(_signs(text[place : tag.start()]))
        lines.mark(tag["name"].lower(), is_end=bool(tag["end"]))
        place = tag.end()
    lines.say(_signs(text[place:]))
    return _BLANK_LINES.sub("\n\n", lines.text()).strip()


def unescaped(text: str) -> str:
    r"""
    Take the backslash away from before signs: `Dr\. Novak \(again\)` becomes `Dr. Novak (again)`.

    Code keeps its backslashes, and so does `\#word`, which would become a tag without one.
    """
    return _ESCAPED.sub(lambda found: found["sign"] or found[0], text)


def split_title(text: str) -> tuple[str, str]:
    """
    Divide a Markdown text into its title and the rest.

    A title is a first line that begins with one `#` and a space. A text that is nothing but a title has no title
    and is that line, for an entry has a text.
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    title = first[2:].strip()
    if not first.startswith("# ") or not title:
        return "", text
    rest = rest.strip("\n")
    return (title, rest) if rest.strip() else ("", title)


def _signs(text: str) -> str:
    read = _SIGN.sub(lambda found: html.unescape(found[0]), text)
    return read.replace("\xa0", " ")


class _Lines:
    """The text so far, and the lists that are open where it goes on."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._lists: list[int | None] = []  # for each open list the number of its last item; None if it has none

    def say(self, text: str) -> None:
        if text:
            self._said.append(text)

    def mark(self, name: str, *, is_end: bool) -> None:
        """Take a tag in."""
        if name == "br":
            self.say("\n")
        elif name in {"td", "th"}:
            self.say("" if is_end else "\t")
        elif name in {"ul", "ol"}:
            self._new_line()
            if not is_end:
                self._lists.append(0 if name == "ol" else None)
            elif self._lists:
                self._lists.pop()
        elif name == "li":
            self._new_line()
            if not is_end:
                self.say(self._before_item())
        elif name in {"p", "div", "blockquote", "pre", "tr", "hr"} or (name.startswith("h") and name[1:].isdigit()):
            self._new_line()
            if name == "p" and is_end:
                self.say("\n")

    def text(self) -> str:
        return "".join(self._said)

    def _new_line(self) -> None:
        if self._said and not self._said[-1].endswith("\n"):
            self.say("\n")

    def _before_item(self) -> str:
        if not self._lists:
            return "- "
        indent = "  " * (min(len(self._lists), 20) - 1)
        number = self._lists[-1]
        if number is None:
            return f"{indent}- "
        self._lists[-1] = number + 1
        return f"{indent}{number + 1}. "
