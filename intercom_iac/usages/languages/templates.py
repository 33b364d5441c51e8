"""Pages and templates: the scripts in them, with what a template puts in left open, and the Ruby of ERB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from ..code_file import CodeFile
from ..mentions import Reading
from . import javascript, tsx, typescript
from .sdk.places import PLACEHOLDER, in_file, spans_in_file

_VISIBLE: Final = lazy_pattern(r"[^\n]")
# Where templates put something in, and where that ends; the longer ones first.
_INSERTIONS: Final = {
    "<%": "%>",
    "<?": "?>",
    "{!!": "!!}",
    "{{{": "}}}",
    "{{": "}}",
    "{%": "%}",
    "{#": "#}",
}
_OPENING: Final = lazy_pattern("|".join(map(re.escape, _INSERTIONS)))
# Vue and Svelte have nothing of the kind in their scripts.
_WITHOUT_INSERTIONS: Final = (".vue", ".svelte")
_RUBY: Final = (".erb", ".rhtml")
# Braces are also JavaScript's own; an insertion between them is short.
_MAX_BRACES: Final = 1000
_MAX_TAG: Final = 4096

_SCRIPT_OR_COMMENT: Final = lazy_pattern(r"<!--|<script(?=[\s>])", re.IGNORECASE)
_SCRIPT_TAG: Final = lazy_pattern(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_SCRIPT_END: Final = lazy_pattern("</script", re.IGNORECASE)
# A script that is made by a template: `widget.js.erb`.
_SUFFIXES: Final = {"js": "js", "mjs": "js", "jsx": "tsx", "ts": "ts", "tsx": "tsx"}
_SCRIPT_NAME: Final = lazy_pattern(rf"\.({'|'.join(_SUFFIXES)})\.\w+$", re.IGNORECASE)
_TYPE: Final = lazy_pattern(r"""\btype\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
_LANG: Final = lazy_pattern(r"""\blang\s*=\s*["']?([\w]+)""", re.IGNORECASE)
_SCRIPT_TYPES: Final = frozenset({"", "module", "text/babel", "text/jsx", "text/typescript", "text/tsx"})


def read(file: CodeFile) -> Reading:
    """The mentions of a page or template."""
    page = read_scripts(file)
    if not file.path.lower().endswith(_RUBY):
        return page
    from . import ruby

    code = ruby.read(_mask(file, _ruby_text(file.source.text)))
    return Reading(
        mentions=page.mentions + in_file(file.source, code.mentions),
        unread=page.unread,
    )


def read_scripts(file: CodeFile) -> Reading:
    """The mentions of the scripts in a page. Syntax errors are not told: what a template leaves out of a script is
    not known."""
    text = file.source.text
    templated = not file.path.lower().endswith(_WITHOUT_INSERTIONS)
    filled = _without_insertions(text) if templated else text
    readings: list[Reading] = []
    whole = _SCRIPT_NAME.search(file.path)
    scripts = (
        list(_scripts(filled)) if whole is None else [_Script(0, len(filled), _SUFFIXES[whole[1].lower()])]
    )
    for language, read_language in (
        ("js", javascript.read),
        ("ts", typescript.read),
        ("tsx", tsx.read),
    ):
        parts = [script for script in scripts if script.language == language]
        if parts:
            readings.append(read_language(_mask(file, _only(filled, parts))))
    return Reading(
        mentions=tuple(mention for reading in readings for mention in in_file(file.source, reading.mentions)),
        unread=()
        if templated
        else tuple(span for reading in readings for span in spans_in_file(file.source, reading.unread)),
    )


@dataclass(frozen=True, slots=True)
class _Script:
    """The characters `start` to `end` of a page, and what they are written in."""

    start: int
    end: int
    language: str


def _scripts(text: str) -> Iterator[_Script]:
    position = 0
    while (opening := _SCRIPT_OR_COMMENT.search(text, position)) is not None:
        if opening[0] == "<!--":
            end = text.find("-->", opening.end())
            if end < 0:
                return
            position = end
            continue
        tag = _SCRIPT_TAG.match(text, opening.end(), opening.end() + _MAX_TAG)
        if tag is None:
            position = opening.end()
            continue
        closing = _SCRIPT_END.search(text, tag.end())
        end = len(text) if closing is None else closing.start()
        language = _language(tag[0])
        if language is not None:
            yield _Script(tag.end(), end, language)
        position = end


def _language(attributes: str) -> str | None:
    """What a script is written in; None where it is no script but data or a template."""
    kind = _TYPE.search(attributes)
    name = "" if kind is None else kind[1].lower()
    if name not in _SCRIPT_TYPES and not name.endswith(("javascript", "ecmascript")):
        return None
    lang = _LANG.search(attributes)
    language = "" if lang is None else lang[1].lower()
    if language in ("tsx", "jsx") or name in ("text/tsx", "text/jsx", "text/babel"):
        return "tsx"
    return "ts" if language in ("ts", "typescript") or name == "text/typescript" else "js"


def _without_insertions(text: str) -> str:
    """The text with each insertion replaced by a name, or by blanks where it puts in nothing itself."""
    parts: list[str] = []
    position = 0
    # Ends that do not come any more: they are looked for once.
    missing: set[str] = set()
    search_from = 0
    while (opening := _OPENING.search(text, search_from)) is not None:
        start, mark = opening.start(), opening[0]
        closing = _INSERTIONS[mark]
        limit = len(text) if mark[0] == "<" else min(len(text), opening.end() + _MAX_BRACES)
        end = -1 if closing in missing else text.find(closing, opening.end(), limit)
        if end < 0 and limit == len(text):
            missing.add(closing)
        if end < 0 and mark == "<?":
            end = len(text)  # PHP may leave its last end out
        if end < 0:
            search_from = opening.end()
            continue
        end = min(end + len(closing), len(text))
        inserted = text[start:end]
        parts += [
            text[position:start],
            _VISIBLE.sub(PLACEHOLDER if _puts_in(mark, inserted) else " ", inserted),
        ]
        position = search_from = end
    parts.append(text[position:])
    return "".join(parts)


def _puts_in(mark: str, inserted: str) -> bool:
    """Whether an insertion stands for a value, rather than for a loop or a comment."""
    match mark:
        case "<%":
            return inserted[2:3] in "=-" and inserted[2:3] != ""
        case "<?":
            return inserted.startswith("<?=") or "echo" in inserted or "print" in inserted
        case "{%" | "{#":
            return False
        case _:
            return not inserted.startswith(("{{!--", "{{#", "{{/", "{{--"))


def _ruby_text(text: str) -> str:
    """The Ruby of an ERB template, each piece a statement, at its place."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<%", position)) >= 0:
        end = text.find("%>", start + 2)
        if end < 0:
            break
        code = text[start + 2 : end]
        kept = not code.startswith(("#", "%"))
        marked = len(code) - len(code.lstrip("=-"))
        parts.append(_VISIBLE.sub(" ", text[position : start + 2 + (marked if kept else len(code))]))
        if kept:
            parts.append(code[marked:-1] + " " if code.endswith("-") else code[marked:])
        parts.append("; ")
        position = end + 2
    parts.append(_VISIBLE.sub(" ", text[position:]))
    return "".join(parts)


def _only(text: str, scripts: list[_Script]) -> str:
    """The text with blanks for all that is outside these scripts."""
    parts: list[str] = []
    position = 0
    for script in scripts:
        parts += [_VISIBLE.sub(" ", text[position : script.start]), text[script.start : script.end]]
        # Its end tag ends its last statement as well.
        parts.append(";" if script.end < len(text) else "")
        position = script.end + 1
    parts.append(_VISIBLE.sub(" ", text[position:]))
    return "".join(parts)


def _mask(file: CodeFile, text: str) -> CodeFile:
    """The file with another text of as many characters, so that places in one are places in the other."""
    return CodeFile(file.path, text.encode(), file.generated_modules)
