"""The little HTML that question banks hold, as Markdown."""

import re
from html import unescape
from typing import Final

_SWAPS: Final = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE), ""),
    (re.compile(r"<br\s*/?>\n?", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:b|strong)(?:\s[^>]*)?>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:i|em)(?:\s[^>]*)?>", re.IGNORECASE), "*"),
    (re.compile(r"</?(?:code|tt|kbd)(?:\s[^>]*)?>", re.IGNORECASE), "`"),
    (re.compile(r"<li(?:\s[^>]*)?>", re.IGNORECASE), "\n- "),
    (re.compile(r"</?(?:p|div|ul|ol|pre|tr)(?:\s[^>]*)?>", re.IGNORECASE), "\n\n"),
    (re.compile(r"</t[dh]>", re.IGNORECASE), " "),
)
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_LINK: Final = re.compile(r"<a\b[^>]*?href=[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"\b(src|alt)=[\"']([^\"']*)[\"']", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")


def to_markdown(html: str) -> str:
    """Markdown that reads like ``html``: emphasis, code, links, images, lists and breaks stay, other tags go."""
    text = _LINK.sub(r"[\2](\1)", _IMAGE.sub(_image, html))
    for pattern, by in _SWAPS:
        text = pattern.sub(by, text)
    text = unescape(_TAG.sub("", text)).replace("\xa0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _image(match: "re.Match[str]") -> str:
    found = {name.lower(): value for name, value in _ATTRIBUTE.findall(match.group())}
    return f"![{found.get('alt', '')}]({found.get('src', '')})"
