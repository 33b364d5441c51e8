"""YAML text -> nodes, on the events of PyYAML's C parser.

What plain PyYAML would do in silence is a mistake here: a key that stands twice, a second document, a merge
key, an alias that explodes. Scalars mean what YAML 1.2 says; keys are always text, since they are names.
"""

from __future__ import annotations

from typing import Any

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.text import SourceFile, Span

from .commas import KnownKeys, mend_mapping, mend_sequence
from .line_ends import for_parser
from .nodes import Mapping, Node, Scalar, Sequence
from .pyyaml import yaml
from .scalars import resolve
from .syntax_errors import syntax_error

# PyYAML is built without libyaml on some machines; its own parser gives the same events, slower.
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Of no particular type: to the stubs the marks of an event may be missing, which the parsers never leave out.
_SCALAR: Any = yaml.ScalarEvent
_SEQUENCE_END: Any = yaml.SequenceEndEvent
_MAPPING_END: Any = yaml.MappingEndEvent

_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_VALUE_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))

MAX_DEPTH = 30
MAX_EXPANDED = 10_000


def build(file: SourceFile, known_keys: KnownKeys = frozenset[str]) -> tuple[Node | None, list[Diagnostic]]:
    """The file's one document, None where it is empty or not YAML, and what is wrong with it as YAML.

    `known_keys` are those of the file's format. Never raises for what a text may hold. Offsets count characters, as
    the file's text does.
    """
    builder = _Builder(file, known_keys)
    try:
        node = builder.document()
    except _Stop:
        node = None
    except yaml.YAMLError as error:
        wrong = syntax_error(file, error)
        # A key that is no name, such as `{{ name }}`, often breaks the syntax behind it too.
        if not any(
            diagnostic.code == codes.KEY_NOT_TEXT.id and _one_line(diagnostic, wrong)
            for diagnostic in builder.diagnostics
        ):
            builder.diagnostics.append(wrong)
        node = None
    return node, builder.diagnostics


def _one_line(one: Diagnostic, other: Diagnostic) -> bool:
    return one.span is not None and other.span is not None and one.span.line == other.span.line


class _Stop(Exception):
    """What is wrong is already said, and what follows cannot be read."""


class _Builder:
    def __init__(self, file: SourceFile, known_keys: KnownKeys) -> None:
        self.file = file
        self._known_keys = known_keys
        self.diagnostics: list[Diagnostic] = []
        text, self._stand_ins = for_parser(file.text)
        self._parse = PARSER(text).get_event
        self._next = self._without_stand_ins if self._stand_ins else self._parse
        self._anchors: dict[str, Node] = {}
        self._open_anchors: set[str] = set()
        self._sizes: dict[int, int] = {}
        self._expanded = 0
        self._depth = 0

    def _without_stand_ins(self) -> Any:
        event = self._parse()
        if isinstance(event, yaml.ScalarEvent):
            event.value = event.value.translate(self._stand_ins)
        return event

    def document(self) -> Node | None:
        self._next()  # the stream's start
        if not isinstance(self._next(), yaml.DocumentStartEvent):
            return None
        node = self._node(self._next())
        self._next()  # the document's end
        further = self._next()
        if isinstance(further, yaml.DocumentStartEvent):
            self._report(
                codes.SECOND_DOCUMENT.at(
                    self._span(further),
                    "a second document starts here",
                    hint="keep one document a file: remove the `---`, or move what follows to its own file",
                )
            )
        return node

    def _node(self, event: Any) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._report(
                codes.TOO_DEEP.at(
                    self._span(event),
                    f"nested more than {MAX_DEPTH} levels deep",
                    hint="take levels away: the format needs seven",
                ),
                stop=True,
            )
        anchor: str | None = event.anchor
        if anchor is not None:
            self._open_anchors.add(anchor)
        if event.tag is not None:
            self._refuse_tag(event)
        node = self._mapping(event) if isinstance(event, yaml.MappingStartEvent) else self._sequence(event)
        if anchor is not None:
            self._open_anchors.discard(anchor)
            self._anchors[anchor] = node
        self._depth -= 1
        return node

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        if event.tag is not None:
            self._refuse_tag(event)
        style: str | None = event.style or None
        plain = style is None
        if event.tag is not None:
            # The tag is told, and what it asks for is no further mistake.
            plain = event.tag in _VALUE_TAGS or (plain and event.tag not in _TEXT_TAGS)
        node = Scalar(
            resolve(text) if plain else text,
            text,
            style,
            event.start_mark.index,
            event.end_mark.index,
        )
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _sequence(self, event: Any) -> Sequence:
        node = Sequence(event.start_mark.index, event.flow_style)
        items, data = node.items, node.data
        while type(event := self._next()) is not _SEQUENCE_END:
            item = self._node(event)
            items.append(item)
            data.append(item.data)
        node.end = event.end_mark.index
        if node.flow and "(" in self.file.text[node.start : node.end]:
            self.diagnostics += mend_sequence(self.file, node)
        return node

    def _mapping(self, event: Any) -> Mapping:
        node = Mapping(event.start_mark.index, event.flow_style)
        entries, data, following = node.entries, node.data, self._next
        merged: list[Node] = []
        while type(event := following()) is not _MAPPING_END:
            if type(event) is not _SCALAR:
                self._refuse_key(event)
                continue
            key: str = event.value
            start, end = event.start_mark.index, event.end_mark.index
            if event.anchor is not None or event.tag is not None:
                self._scalar(event)
            value_event = following()
            # Most values are scalars without an anchor or a tag: they are made here, without a call.
            if type(value_event) is _SCALAR and value_event.anchor is None and value_event.tag is None:
                text: str = value_event.value
                # The C parser says "" for a plain scalar, the other one None.
                style: str | None = value_event.style or None
                value: Node = Scalar(
                    resolve(text) if style is None else text,
                    text,
                    style,
                    value_event.start_mark.index,
                    value_event.end_mark.index,
                )
            else:
                value = self._node(value_event)
            if key in entries or not key or (key == "<<" and not event.style):
                self._refuse_entry(key, start, end, entries)
                if key == "<<":
                    merged += value.items if isinstance(value, Sequence) else [value]
                continue
            entries[key] = (start, end, value)
            data[key] = value.data
        node.end = event.end_mark.index
        if node.flow and None in data.values():
            self._mend(node)
        # A merge key is told; what it was to bring along is not missing.
        for source in merged:
            if isinstance(source, Mapping):
                node.entries = source.entries | node.entries
                node.data = source.data | node.data
        return node

    def _mend(self, node: Mapping) -> None:
        commas = list(mend_mapping(self.file, node, self._known_keys))
        if commas:
            # Of `(a, b, b, c)` a piece may stand twice, which is no key.
            inside = range(node.start, node.end)
            self.diagnostics = [
                diagnostic
                for diagnostic in self.diagnostics
                if diagnostic.code != codes.DUPLICATE_KEY.id
                or diagnostic.span is None
                or diagnostic.span.start not in inside
            ]
        self.diagnostics += commas

    def _alias(self, event: Any) -> Node:
        name: str = event.anchor
        target = self._anchors.get(name)
        if target is None or name in self._open_anchors:
            inside = name in self._open_anchors
            self._report(
                codes.UNKNOWN_ALIAS.at(
                    self._span(event),
                    f"`*{name}` stands inside what it refers to"
                    if inside
                    else f"`*{name}` refers to nothing",
                    hint="write the value out: nothing can hold itself"
                    if inside
                    else f"put an anchor `&{name}` before it, or quotes around it where it is text",
                ),
                stop=True,
            )
        assert target is not None
        self._expanded += self._size(target)
        if self._expanded > MAX_EXPANDED:
            self._report(
                codes.ALIASES_EXPLODE.at(
                    self._span(event),
                    f"the aliases of this file stand for more than {MAX_EXPANDED} values",
                    hint="write the values out where they are needed",
                ),
                stop=True,
            )
        return target

    def _size(self, node: Node) -> int:
        """How many values a node stands for, aliases inside it counted each time."""
        if isinstance(node, Scalar):
            return 1
        known = self._sizes.get(id(node))
        if known is None:
            below = (
                node.items if isinstance(node, Sequence) else [entry[2] for entry in node.entries.values()]
            )
            known = self._sizes[id(node)] = 1 + sum(self._size(item) for item in below)
        return known

    def _refuse_entry(
        self, key: str, start: int, end: int, entries: dict[str, tuple[int, int, Node]]
    ) -> None:
        span = Span(self.file, start, end)
        if key == "<<":
            self._report(
                codes.MERGE_KEY.at(
                    span,
                    "merge keys are not part of the format",
                    hint="write the keys out, so that a reader of the entry sees all of it",
                )
            )
        elif not key:
            self._report(codes.KEY_NOT_TEXT.at(span, "a key is empty", hint="give it a name, or remove it"))
        else:
            first_start, first_end, _ = entries[key]
            first = Related(Span(self.file, first_start, first_end), "the first one stands here")
            self._report(
                codes.DUPLICATE_KEY.at(
                    span,
                    f"the key `{key}` stands twice in the same mapping",
                    hint="keep one of them",
                    related=(first,),
                )
            )

    def _refuse_key(self, event: yaml.Event) -> None:
        self._report(
            codes.KEY_NOT_TEXT.at(
                self._span(event),
                "a key is a list, a mapping or an alias, where a name is expected",
                hint="text that begins with `{`, `[` or `*` needs quotes",
            )
        )
        told = len(self.diagnostics)
        if type(event) is not yaml.AliasEvent:
            self._node(event)
        # `{{ name }}` is a key in a key: once is enough.
        del self.diagnostics[told:]
        self._node(self._next())

    def _refuse_tag(self, event: Any) -> None:
        start = event.start_mark.index
        self._report(
            codes.TAG.at(
                Span(self.file, start, max(start, event.end_mark.index)),
                "a YAML tag stands here, and the format has none",
                hint="remove it; text that looks like a number is text in quotes",
            )
        )

    def _span(self, event: Any) -> Span:
        return Span(self.file, event.start_mark.index, event.end_mark.index)

    def _report(self, diagnostic: Diagnostic, *, stop: bool = False) -> None:
        self.diagnostics.append(diagnostic)
        if stop:
            raise _Stop
