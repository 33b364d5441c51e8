"""Names of the specs as names in code: words put together in camel case, and those that come out the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import generated as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Span

# Letters and digits of any script are words; every other sign parts them.
_WORDS = lazy_pattern(r"[^\W_]+")
N = TypeVar("N")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecName:
    """A name of the specs: `subject` says in messages what it is the name of, such as ``the attribute `plan` ``;
    `address` is that of its entry. Without a `span` it is one of Intercom's own."""

    name: str
    subject: str
    address: str | None = None
    span: Span | None = None


def camel_case(name: str) -> str:
    """`plan_type` and `Plan type` -> `planType`; a name without a letter or a digit stays as it is.

    Capitals within a word stay: `API key` -> `apiKey`, `planType` -> `planType`.
    """
    words = _WORDS.findall(name)
    if not words:
        return name
    first, *others = words
    return _with_small_head(first) + "".join(word[0].upper() + word[1:] for word in others)


def pascal_case(name: str) -> str:
    """`plan_type` -> `PlanType`; a name without a letter or a digit stays as it is."""
    return "".join(word[0].upper() + word[1:] for word in _WORDS.findall(name)) or name


def plain_identifier(name: str) -> str:
    """The nearest to a name that can stand in code: `job title` -> `job_title`, the same in every language.

    What is no letter or digit becomes `_`, and a leading digit gets one before it. Compatible characters are one
    (NFKC), and a name begins with no more than one `_`, as Python reads them. A name without a letter or a digit is
    spelled in code points.
    """
    if name.isascii() and name.isidentifier() and name[:2] != "__" and name.strip("_"):
        return name
    composed = unicodedata.normalize("NFKC", name)
    spelled = "".join(character if f"a{character}".isidentifier() else "_" for character in composed)
    if not spelled.strip("_"):
        spelled = "_".join(f"u{ord(character):x}" for character in name)
    spelled = unicodedata.normalize("NFKC", spelled)
    if spelled.startswith("__"):
        spelled = "_" + spelled.lstrip("_")
    return spelled if spelled.isidentifier() else f"_{spelled}"


def _with_small_head(word: str) -> str:
    """`Plan` -> `plan`, `API` -> `api`, `URLPath` -> `urlPath`."""
    capitals = re.match(r"[^\W\d_a-z]+", word)
    if capitals is None or not capitals[0].isupper():
        return word
    count = len(capitals[0])
    if 1 < count < len(word) and word[count].islower():
        count -= 1
    return word[:count].lower() + word[count:]


def name_collisions(
    named: Iterable[tuple[str, N]], describe: Callable[[N], SpecName], within: str
) -> list[Diagnostic]:
    """An error for each that comes out as one before it does; `within` says in what they would be one.

    What has a name comes with its name in the code, in the order of the specs, Intercom's own before them.
    """
    seen: dict[str, N] = {}
    diagnostics: list[Diagnostic] = []
    for spelled, entry in named:
        if spelled not in seen:
            seen[spelled] = entry
            continue
        name, first = describe(entry), describe(seen[spelled])
        related = () if first.span is None else (Related(first.span, f"{first.subject} stands here"),)
        diagnostics.append(
            codes.SAME_NAME.at(
                name.span,
                f"{name.subject} and {first.subject} are both `{spelled}` {within}",
                hint=f"rename {'it' if first.address is None else 'one of them'} with `mv`"
                + (", or generate code with the names of the specs" if spelled != name.name else ""),
                related=related,
                subject=name.address,
            )
        )
    return diagnostics
