"""Assertions and priorities -> claims about typed rules, their names held to what the specs declare."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import contracts as codes
from intercom_iac.diagnostics.codes import ref
from intercom_iac.diagnostics.codes import spec as spec_codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Schema
from intercom_iac.model.address import segment_address
from intercom_iac.model.assertions import (
    AssertedRule,
    Assertion,
    Claim,
    Covers,
    Disjoint,
    Equivalent,
    Implies,
    Never,
    Nonempty,
    Priorities,
)
from intercom_iac.text import NearNames, Span, did_you_mean, nearest_name
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Mapping, Path, Scalar
from intercom_iac.yaml.shapes import keys_of
from intercom_iac.yaml.validation import bounded_names

from .declarations import Declaration, DeclaredPriorities
from .entries import CLAIMS, AssertionEntry
from .rule_fixes import with_edits_in_texts
from .rule_places import is_segment_key

_WORD = lazy_pattern(r"[\w-]+")
_LISTS = {"disjoint": (Disjoint, 2), "equivalent": (Equivalent, 2), "nonempty": (Nonempty, 1)}


def read_assertions(
    declared: Iterable[Declaration[AssertionEntry]], schema: Schema, segments: Collection[str]
) -> tuple[dict[str, Assertion], list[Diagnostic]]:
    """The assertions by name, and what is wrong with them; one with a mistake is left out.

    `segments` are the keys of all that are declared: of those that the schema does not have the rule has a mistake,
    and an assertion about one is left out without a word.
    """
    assertions: dict[str, Assertion] = {}
    diagnostics: list[Diagnostic] = []
    unresolved = {segment_address(key) for key in segments if key not in schema.segments}
    known = _KnownSegments(schema, {*schema.segments, *segments})
    for declaration in declared:
        reader = _Reader(declaration, schema, unresolved, known)
        claim = reader.claim()
        diagnostics += reader.diagnostics
        if claim is not None:
            assertions[declaration.name] = Assertion(
                name=declaration.name,
                claim=claim,
                reason=declaration.entry.reason,
                allow_unknown=declaration.entry.allow_unknown,
                span=declaration.span,
            )
    return assertions, diagnostics


def read_priorities(
    declared: Sequence[DeclaredPriorities], schema: Schema, segments: Collection[str]
) -> tuple[Priorities | None, list[Diagnostic]]:
    """The priorities of the first file that has some, without those of other workspaces, and what is wrong there."""
    if not declared:
        return None, []
    first, *others = declared
    diagnostics = [
        codes.PRIORITIES_TWICE.at(
            other.span,
            "the priorities stand in two files",
            hint="put them into one list",
            related=(Related(first.span, "the first ones stand here"),),
        )
        for other in others
    ]
    keys: list[str] = []
    spans: list[Span] = []
    known = _KnownSegments(schema, segments)
    before: set[str] = set()
    for index, key in enumerate(first.keys):
        place = first.at(index)
        if key in before:
            message = f"`{key}` stands twice in `priorities`"
            diagnostics.append(spec_codes.BAD_VALUE.at(place, message, hint="remove one"))
        elif (mistake := _segment_mistake(key, place, schema, known)) is not None:
            if segment_address(key) not in schema.other_workspaces:
                diagnostics.append(mistake)
        else:
            keys.append(key)
            spans.append(place)
        before.add(key)
    return Priorities(tuple(keys), tuple(spans), first.span), diagnostics


class _KnownSegments:
    """The keys of all declared segments, and what they are called in Intercom."""

    def __init__(self, schema: Schema, keys: Collection[str]) -> None:
        self.keys = frozenset(keys)
        self.near = NearNames(sorted(keys))
        self.by_name: dict[str, str] = {}
        for segment in schema.segments.values():
            self.by_name.setdefault(segment.name, segment.key)


def _segment_mistake(key: str, place: Span, schema: Schema, known: _KnownSegments) -> Diagnostic | None:
    """What is wrong with the key of a segment; None for one that is declared and live."""
    subject = segment_address(key)
    segment = schema.segments.get(key)
    if segment is not None and segment.status == "archived":
        related = () if segment.span is None else (Related(segment.span, "it is declared here"),)
        message = f"the segment `{key}` is archived"
        hint = "remove it here, or take the segment back"
        return ref.ARCHIVED_SEGMENT.at(place, message, hint=hint, related=related, subject=subject)
    if key in known.keys:
        return None
    elsewhere = schema.other_workspaces.get(subject)
    if elsewhere is not None:
        return ref.ELSEWHERE.at(
            place,
            f"the segment `{key}` is for {bounded_names(elsewhere.workspaces)} only",
            hint="give the assertion the same `only`",
            subject=subject,
        )
    called = known.by_name.get(key)
    by_key = None if called is None else f"write its key, `{called}`: `{key}` is its name in Intercom"
    return ref.UNKNOWN_SEGMENT.at(
        place,
        f"segment `{key}` is not declared",
        hint=by_key or did_you_mean(key, known.near) or "name it by its key under `segments`",
        subject=subject,
        fix=near_word(place, key, known.near),
    )


class _Reader:
    """Reads one assertion. `unresolved` are the addresses of segments whose rules have a mistake."""

    def __init__(
        self,
        declaration: Declaration[AssertionEntry],
        schema: Schema,
        unresolved: Collection[str],
        known: _KnownSegments,
    ) -> None:
        self.declaration = declaration
        self.entry = declaration.entry
        self.schema = schema
        self.unresolved = unresolved
        self.known = known
        self.segments = known.keys
        self.diagnostics: list[Diagnostic] = []

    def claim(self) -> Claim | None:
        """What is claimed; None where it has a mistake, or is about what has one."""
        claims = self.entry.claims
        if len(claims) != 1:
            self._tell_claims(claims)
            return None
        (kind,) = claims
        if kind in _LISTS:
            shape, least = _LISTS[kind]
            rules = self._list(getattr(self.entry, kind), (kind,), least)
            return None if rules is None else shape(rules)
        if self.entry.covers is not None:
            rules = self._list(self.entry.covers.all, ("covers", "all"), 1)
            of = self._rule(self.entry.covers.of, ("covers", "of"))
            return None if rules is None or of is None else Covers(rules, of)
        if self.entry.implies is not None:
            if_ = self._rule(self.entry.implies.if_, ("implies", "if"))
            then = self._rule(self.entry.implies.then, ("implies", "then"))
            return None if if_ is None or then is None else Implies(if_, then)
        assert self.entry.never is not None
        never = self._rule(self.entry.never, ("never",))
        return None if never is None else Never(never)

    def _tell_claims(self, claims: Sequence[str]) -> None:
        """Unless a claim was left out for a mistake, or a key that is not known may be meant for one. A claim with
        nothing behind its colon is none."""
        node = self.declaration.document.node(self.declaration.path)
        entries = node.entries.items() if isinstance(node, Mapping) else ()
        written = [key for key, (_, _, value) in entries if value.data is not None]
        known = keys_of(AssertionEntry)
        name = self.declaration.name
        if claims:
            self.diagnostics.append(
                codes.ONE_CLAIM.at(
                    self.declaration.at(claims[1]),
                    f"the assertion `{name}` claims {len(claims)} things: {bounded_names(claims)}",
                    hint="make an assertion of each",
                )
            )
        elif not any(key in CLAIMS or key not in known for key in written):
            self.diagnostics.append(
                codes.ONE_CLAIM.at(
                    self.declaration.span,
                    f"the assertion `{name}` claims nothing",
                    hint=f"give it one of {bounded_names(CLAIMS)}",
                )
            )

    def _list(self, texts: Sequence[str], path: Path, least: int) -> tuple[AssertedRule, ...] | None:
        rules: list[AssertedRule] = []
        complete = True
        before: set[str] = set()
        for index, text in enumerate(texts):
            at = (*path, index)
            node = self.declaration.document.node((*self.declaration.path, *at))
            if not isinstance(node, Scalar) or not isinstance(node.data, str):
                # That it is no text is told.
                complete = False
                continue
            if text in before:
                message = f"`{text}` stands twice in `{path[-1]}`"
                place = self.declaration.value(*at)
                self.diagnostics.append(spec_codes.BAD_VALUE.at(place, message, hint="remove one"))
                complete = False
                continue
            before.add(text)
            rule = self._item(text, at)
            complete = complete and rule is not None
            rules += [] if rule is None else [rule]
        if len(texts) < least:
            number = "two rules" if least > 1 else "a rule"
            self.diagnostics.append(
                codes.ONE_CLAIM.at(
                    self.declaration.at(*path),
                    f"`{path[-1]}` of `{self.declaration.name}` needs {number} at least",
                    hint="name segments by their keys, or write rules",
                )
            )
            complete = False
        return tuple(rules) if complete else None

    def _item(self, text: str, path: Path) -> AssertedRule | None:
        """A member of a list: the key of a segment, whatever it is, else a rule."""
        named = text in self.segments or segment_address(text) in self.schema.other_workspaces
        is_word = _WORD.fullmatch(text) is not None and self.schema.field("contact", text) is None
        if named or is_word or (" " not in text and nearest_name(text, self.known.near) is not None):
            return self._segment(text, path)
        if text in self.known.by_name:
            return self._segment(text, path)
        return self._compile_text(text, path)

    def _rule(self, text: str, path: Path) -> AssertedRule | None:
        """A rule; words that are the key of a segment stand for the segment."""
        if is_segment_key((*self.declaration.path, *path), text, self.segments):
            return self._segment(text.strip(), path)
        return self._compile_text(text, path)

    def _segment(self, key: str, path: Path) -> AssertedRule | None:
        place = self.declaration.value(*path)
        mistake = _segment_mistake(key, place, self.schema, self.known)
        if mistake is not None:
            self.diagnostics.append(mistake)
            return None
        segment = self.schema.segments.get(key)
        return None if segment is None else AssertedRule(key, segment.typed_rule, key, place)

    def _compile_text(self, text: str, path: Path) -> AssertedRule | None:
        from intercom_iac.rules import compile_rule

        document = self.declaration.document
        whole = (*self.declaration.path, *path)
        rule, found = compile_rule(document.excerpt(whole), self.schema)
        told = [diagnostic for diagnostic in found if diagnostic.subject not in self.unresolved]
        if path == ("never",):
            # That a rule selects nobody is what it is there for.
            told = [diagnostic for diagnostic in told if diagnostic.is_error]
        self.diagnostics += map(self._for_segments, with_edits_in_texts(told, [(document, whole)]))
        if rule is None:
            return None
        written = document.excerpt(whole)
        start = len(text) - len(text.lstrip())
        return AssertedRule(text.strip(), rule, None, written.span(start, len(text.rstrip())))

    def _for_segments(self, mistake: Diagnostic) -> Diagnostic:
        """A name that is that of a segment is meant for it."""
        name = "" if mistake.span is None else mistake.span.text
        if mistake.code != ref.UNKNOWN_FIELD.id or name not in self.segments:
            return mistake
        return replace(mistake, hint=f"for the segment write `segment {name}`")
