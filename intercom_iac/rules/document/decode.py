"""Plain data -> nodes, by the table of kinds: what is not as the format has it is a mistake with its pointer.

The fields of what this gives are as the document says them and nothing more: `reading` holds them to the specs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.predicate import MAX_OPEN_LEVELS, And, InIntercomSegment, InSegment, Or
from intercom_iac.text import did_you_mean, quoted_names

from ..compile import MAX_NODES
from ..syntax.parse import MAX_MISTAKES
from .json_source import escape
from .kinds import (
    DAY_PATTERN,
    FIELD_PROPERTIES,
    Choice,
    FieldObject,
    ListOf,
    Node,
    Property,
    Scalar,
    Shape,
    kinds,
)

_DAY = lazy_pattern(DAY_PATTERN)
_WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day such as 2026-01-31",
}
# Stands for the rule of a segment that the specs do not have.
_NOBODY = Or(())


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a JSON pointer, and what to do."""

    pointer: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """What could be read of a rule, None for nothing; what is wrong; and the pointers of nodes by their identity.

    With mistakes the rule lacks the parts that have them.
    """

    rule: Predicate | None
    mistakes: Sequence[Mistake]
    pointers: Mapping[int, str]


def decode_rule(data: Any, segments: Mapping[str, Predicate | None]) -> Decoded:
    """The rule of a document. `segments` are the rules of those that it may refer to."""
    decoder = _Decoder(segments)
    rule = decoder.node(data, Node("rule"), "", 1)
    return Decoded(cast("Predicate | None", rule), decoder.mistakes, decoder.pointers)


class _Decoder:
    def __init__(self, segments: Mapping[str, Predicate | None]) -> None:
        self.segments = segments
        self.mistakes: list[Mistake] = []
        self.pointers: dict[int, str] = {}
        self.nodes = 0
        self.is_too_large = False

    def node(self, data: Any, shape: Node, pointer: str, depth: int) -> Any:
        """A node of a group; None where it cannot be read."""
        group = kinds(shape.group)
        self.nodes += 1
        if depth > MAX_OPEN_LEVELS or self.nodes > MAX_NODES:
            return self._report_too_large(pointer, depth)
        if not isinstance(data, dict):
            return self._report(pointer, f"an object with a `node` stands here, not {brief_json(data)}")
        found = cast("dict[str, Any]", data)
        name = found.get("node")
        if not isinstance(name, str) or name not in group:
            return self._report_unknown_node(found, group, pointer)
        if name == shape.never:
            hint = "write what it is made of in its place"
            return self._report(pointer, f"no `{name}` stands right inside a `{name}`", hint)
        kind = group[name]
        more = ("node",) if pointer else ("node", "format_version")
        values = self._properties(found, kind.properties, more, pointer, depth)
        if kind.node is InSegment and values is not None:
            values["rule"] = _own_rule(values["segment"], values.get("rule")) or (
                self.segments.get(values["segment"]) or _NOBODY
            )
        if values is None:
            return None
        if kind.node in (And, Or) and len(values["parts"]) == 1:
            # The other parts have mistakes.
            return values["parts"][0]
        node = kind.node(**values)
        if isinstance(node, InIntercomSegment):
            # By itself it is the rule of its segment, which a rule calls by its key.
            node = InSegment(node.segment, node)
        self.pointers[id(node)] = pointer
        return node

    def _properties(
        self,
        data: dict[str, Any],
        properties: Sequence[Property],
        more: Sequence[str],
        pointer: str,
        depth: int,
    ) -> dict[str, Any] | None:
        """What an object says, by name; None where something is missing. `more` are other keys it may have."""
        values: dict[str, Any] = {}
        whole = True
        for described in properties:
            name = described.name
            if name not in data:
                if described.required:
                    self._report(pointer, f"`{name}` is missing", described.about)
                    whole = False
            elif data[name] is None and described.nullable:
                values[name] = None
            else:
                value = self._value(data[name], described.shape, f"{pointer}/{escape(name)}", depth)
                if value is not None:
                    values[name] = value
                whole = whole and (value is not None or described.nullable)
        known = [described.name for described in properties]
        for name in data:
            if name not in known and name not in more:
                hint = did_you_mean(name, known) or f"it has {quoted_names(known)}"
                self._report(f"{pointer}/{escape(name)}", "there is no such key", hint)
        return values if whole else None

    def _value(self, data: Any, shape: Shape, pointer: str, depth: int) -> Any:
        """A value of a shape; None where it is none."""
        match shape:
            case Choice(words=words):
                if data in words and isinstance(data, str):
                    return data
                hint = did_you_mean(data, words) if isinstance(data, str) else None
                return self._report(
                    pointer, f"one of {quoted_names(words)} stands here, not {brief_json(data)}", hint
                )
            case Scalar():
                return self._scalar(data, shape, pointer)
            case Node():
                return self.node(data, shape, pointer, depth + 1)
            case FieldObject():
                return self._field(data, pointer, depth)
            case ListOf(item=item, least=least):
                if not isinstance(data, list):
                    return self._report(pointer, f"a list stands here, not {brief_json(data)}")
                items = cast("list[Any]", data)
                if len(items) < least:
                    return self._report(pointer, f"the list has {len(items)}, and {least} is the least")
                # A loop, since a comprehension would take a level of the stack.
                found: list[Any] = []
                for index, value in enumerate(items):
                    found.append(self._value(value, item, f"{pointer}/{index}", depth))
                return tuple(value for value in found if value is not None) or None

    def _field(self, data: Any, pointer: str, depth: int) -> Field | None:
        if not isinstance(data, dict):
            return self._report(
                pointer, f"an object with `owner`, `name` and `type` stands here, not {brief_json(data)}"
            )
        values = self._properties(cast("dict[str, Any]", data), FIELD_PROPERTIES, (), pointer, depth)
        if values is None:
            return None
        owner = values["owner"]
        model = "contact" if owner == "event" else owner
        if values.get("model", model) != model:
            hint = "leave `model` out: `owner` says it"
            return self._report(
                f"{pointer}/model", f"beside the owner `{owner}` stands `{values['model']}` here", hint
            )
        return Field(owner, values["name"], DataType(values["type"]), wire="", search=None)

    def _scalar(self, data: Any, scalar: Scalar, pointer: str) -> Any:
        types = scalar.types
        found: Any = None
        if isinstance(data, bool):
            found = data if bool in types else None
        elif isinstance(data, int):
            found = data if types & {int, float} else None
        elif isinstance(data, float):
            # JSON has one kind of number: 3.0 is whole.
            found = data if float in types else int(data) if int in types and data.is_integer() else None
        elif isinstance(data, str):
            found = data if str in types else _day(data) if date in types else None
        if found is None:
            words = " or ".join(
                _WORDS[kind] for kind in _WORDS if kind in types and not (kind is int and float in types)
            )
            return self._report(pointer, f"{words} stands here, not {brief_json(data)}")
        if scalar.least is not None and found < scalar.least:
            return self._report(pointer, f"{brief_json(data)} is less than {scalar.least}, the least")
        return found

    def _report_unknown_node(self, data: dict[str, Any], group: Mapping[str, Any], pointer: str) -> None:
        kinds_text = f"the nodes here are {quoted_names(group)}"
        if "node" not in data:
            return self._report(pointer, "`node` is missing, which says what this is", kinds_text)
        name = data["node"]
        hint = did_you_mean(name, group) if isinstance(name, str) else None
        return self._report(
            f"{pointer}/node", f"{brief_json(name)} is no node that stands here", hint or kinds_text
        )

    def _report_too_large(self, pointer: str, depth: int) -> None:
        if self.is_too_large:
            return
        self.is_too_large = True
        much = f"{MAX_OPEN_LEVELS} levels" if depth > MAX_OPEN_LEVELS else f"{MAX_NODES:,} nodes"
        hint = "keep a part of it as a tag or an attribute, and ask for that"
        self._report(pointer, f"the rule has more than {much}, the most a rule may have", hint)

    def _report(self, pointer: str, message: str, hint: str | None = None) -> None:
        if len(self.mistakes) < MAX_MISTAKES:
            self.mistakes.append(Mistake(pointer, message, hint))


def _own_rule(segment: str, rule: Predicate | None) -> Predicate | None:
    """The rule inside a reference: where it says only who is in that segment in Intercom, that and no reference."""
    is_own = (
        isinstance(rule, InSegment) and isinstance(rule.rule, InIntercomSegment) and rule.segment == segment
    )
    return rule.rule if is_own and isinstance(rule, InSegment) else rule


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def brief_json(data: Any) -> str:
    """A value as a message holds it, in backticks."""
    if isinstance(data, (dict, list)):
        return "an object" if isinstance(data, dict) else "a list"
    text = json.dumps(data, ensure_ascii=False)
    return f"`{text if len(text) <= 40 else f'{text[:40]}…'}`"
