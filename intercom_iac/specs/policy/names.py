"""Names: the style they are spelled in, and those that nothing may have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.project.policy.patterns import Patterns
from intercom_iac.project.policy.settings import STYLES, ForbiddenName, NamingSettings, Style
from intercom_iac.text import Span

from ..load.entries import SegmentEntry
from .subjects import Subject

# Of those that one name is told for: another name is needed in any case.
_MAX_PATTERNS = 20


def check_styles(subjects: Iterable[Subject], naming: NamingSettings) -> Iterator[Diagnostic]:
    """Names in another style than the project's. A segment has two: its key is meant, not the one people read."""
    for subject in subjects:
        style: Style | None = getattr(naming, subject.kind)
        if style is not None and not STYLES[style].fullmatch(subject.name):
            hint = spell(subject.name, style)
            yield lint.NAMING_STYLE.at(
                subject.span,
                f"{subject.title} is not in the project's style, {style}",
                hint=f"call it `{hint}`" if STYLES[style].fullmatch(hint) else "give it another name",
            )


def check_forbidden(subjects: Iterable[Subject], forbidden: Iterable[ForbiddenName]) -> Iterator[Diagnostic]:
    """Names that a pattern of the project is found in; of a segment the one people read, too."""
    everything = tuple(forbidden)
    of_kind: dict[str, tuple[Patterns, list[ForbiddenName]]] = {}
    for subject in subjects:
        if subject.kind not in of_kind:
            rules = [rule for rule in everything if not rule.of or subject.kind in rule.of]
            of_kind[subject.kind] = Patterns([rule.pattern for rule in rules]), rules
        patterns, rules = of_kind[subject.kind]
        for name, span in names_of(subject):
            for index in patterns.search(name, _MAX_PATTERNS):
                rule = rules[index]
                reason = f": {rule.reason}" if rule.reason else ""
                yield codes.FORBIDDEN_NAME.at(
                    span,
                    f"`{name}` has a name that the project forbids, by the pattern `{rule.pattern}`{reason}",
                    hint="give it another name",
                )


def names_of(subject: Subject) -> Iterator[tuple[str, Span]]:
    """The name, and where a segment has one for people besides its key, that, each with its place."""
    yield subject.name, subject.span
    if isinstance(subject.entry, SegmentEntry) and subject.entry.name is not None:
        yield subject.entry.name, subject.value("name")


def spell(name: str, style: Style) -> str:
    """A name in another style."""
    words = [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^\W_]+", name)]
    match style:
        case "snake_case":
            return "_".join(words)
        case "kebab-case":
            return "-".join(words)
        case "camelCase":
            return "".join(words[:1]) + "".join(word.capitalize() for word in words[1:])
        case "PascalCase":
            return "".join(word.capitalize() for word in words)
