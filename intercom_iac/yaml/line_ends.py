"""Text for PyYAML's parser, which ends lines where YAML 1.1 does; the format is YAML 1.2, where only CR and LF do.

A carriage return without a line feed is kept from ending one, too: editors, git and forges do not agree on it, so
that a line could begin where no reviewer sees one. A byte-order mark within the text stops the parser. All of them
are mistakes where they stand as themselves (`specs.unseen`); until they are mended, they are characters like any
other.
"""

from __future__ import annotations

from intercom_iac.lazy_pattern import lazy_pattern

_MISREAD = lazy_pattern("\r(?!\n)|[\x85\u2028\u2029\ufeff]")
_CHARACTERS = "\r\x85\u2028\u2029\ufeff"
# Private characters, of which nearly every text has five to spare; one that has not is no spec file.
_ESCAPE = lazy_pattern(r"\\U(000[fF][0-9a-fA-F]{4})")
_PRIVATE = range(0xF0000, 0xFFFFE)


def for_parser(text: str) -> tuple[str, dict[int, str]]:
    """The text, as long as before, in which only LF and CRLF end a line; and what its stand-ins stand for."""
    if _MISREAD.search(text) is None:
        return text, {}
    used = {*text, *(chr(int(code, 16)) for code in _ESCAPE.findall(text))}
    spare = (chr(number) for number in _PRIVATE if chr(number) not in used)
    stand_ins = dict(zip(_CHARACTERS, spare, strict=False))
    changed = _MISREAD.sub(lambda found: stand_ins.get(found.group(), "\ufffd"), text)
    return changed, {ord(stand_in): character for character, stand_in in stand_ins.items()}
