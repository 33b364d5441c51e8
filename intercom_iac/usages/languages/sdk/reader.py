"""The reader of a file in a language that has an SDK of Intercom's; what differs by language, a subclass says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import Span

from ...code_file import CodeFile
from ...mentions import Mention, Reading
from ...syntax_tree import grammar, node_span, node_text, nodes_of, parse, syntax_errors
from ...values import Choice, Constant, Entry, Items, Record, Unknown, Value, at_place
from .assignments import Target, assignment_mentions, may_be_mention, read_mentions
from .calls import call_mentions
from .chain import MAX_LINKS, Argument, Chain, Link
from .evidence import Evidence, find_evidence
from .loose_records import loose_record_mentions, may_be_intercoms
from .moments import operation
from .names import wire_name
from .numbers import number
from .scopes import Scopes, Variable
from .wire_records import CUSTOM_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Language, Node, Range

# Values that are nested deeper are not looked into: no record of Intercom's is.
_MAX_DEPTH = 8
# From here on a record is read with its keys and plain values, and without what is in the records in it.
_SHALLOW = _MAX_DEPTH - 1
# How often a name may stand for what another name holds.
_MAX_STEPS = 3
_LONGEST_NAME = 200
_QUOTE = lazy_pattern(rb"""[A-Za-z]{0,2}(\"{3}|'{3}|["'`])""")
# How many entries a record has that stands at several places.
_SMALL = 64


class CodeReader(ABC):
    """Reads one file. A subclass names the kinds of nodes of its grammar and takes them apart.

    `chains` are calls and constructors, `records` maps that are written out, `indexes` what is read by a key,
    `strings` texts in quotes; `assignments`, `functions`, their `parameters` and `imports` say it themselves.
    """

    package: ClassVar[str]
    grammar_name: ClassVar[str] = "language"
    chains: ClassVar[frozenset[str]]
    records: ClassVar[frozenset[str]]
    indexes: ClassVar[frozenset[str]]
    assignments: ClassVar[frozenset[str]]
    strings: ClassVar[frozenset[str]]
    functions: ClassVar[frozenset[str]]
    parameters: ClassVar[frozenset[str]]
    imports: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, file: CodeFile, ranges: Sequence[Range] | None = None) -> None:
        self.file = file
        self._root = parse(self.language(), file, ranges).root_node
        self._resolved: dict[tuple[int, int], Value] = {}
        self._places: dict[int, int] = {}
        self._steps = 0

    @classmethod
    def language(cls) -> Language:
        return grammar(cls.package, cls.grammar_name)

    # What a subclass says.

    @abstractmethod
    def convert(self, node: Node, depth: int) -> Value:
        """The value of an expression; `depth` is how deep it stands in another one."""

    @abstractmethod
    def link(self, node: Node) -> Link | None:
        """The last name of a chain, and what it is a member of; None where the node is neither name nor call."""

    @abstractmethod
    def assignment_pairs(self, node: Node) -> Iterable[tuple[Node, Node]]:
        """What is assigned, and the value, of one of the `assignments`."""

    @abstractmethod
    def index(self, node: Node) -> tuple[Node, Node] | None:
        """`base[key]`, taken apart; None where the node is something else."""

    @abstractmethod
    def identifier(self, node: Node) -> str | None:
        """The name of a variable; None where the node is something else."""

    # What all of them share.

    def reading(self) -> Reading:
        mentions: list[Mention] = []
        consumed: set[int] = set()
        for chain in self._chains():
            found = call_mentions(self, chain)
            mentions += found.mentions
            consumed |= found.consumed
        for target, value in self._targets():
            mentions += assignment_mentions(self, target, value)
        mentions += self._reads()
        mentions += self.other_mentions()
        if self.evidence.about_intercom:
            for node in self.loose_records():
                # Its keys say most often that it is none of Intercom's. To read it whole, and each record in it
                # again, would take many times as long.
                if self.span(node).start not in consumed and may_be_intercoms(self.value(node, _SHALLOW)):
                    mentions += loose_record_mentions(self, node)
        return Reading(mentions=tuple(_distinct(mentions)), unread=syntax_errors(self.file, self._root))

    def span(self, node: Node) -> Span:
        """The place of a node; of a string, without its quotes."""
        if node.type in self.strings:
            opening = _QUOTE.match(self.file.data, node.start_byte, node.end_byte)
            if opening is not None:
                start, end = opening.end(), node.end_byte - len(opening[1])
                if start <= end and self.file.data.startswith(opening[1], end):
                    return self.file.span(start, end)
        return node_span(self.file, node)

    def text(self, node: Node) -> str:
        return node_text(node)

    def short_text(self, node: Node) -> str:
        """The text of a node, nothing of a long one: no name is."""
        return node_text(node) if node.end_byte - node.start_byte <= _LONGEST_NAME else ""

    def begins(self, node: Node, text: bytes) -> bool:
        return self.file.data.startswith(text, node.start_byte)

    def unwrap(self, node: Node, kinds: Sequence[str]) -> Node:
        """What stands within some parentheses and the like."""
        for _ in range(_MAX_DEPTH):
            if node.type not in kinds or len(node.named_children) != 1:
                break
            node = node.named_children[0]
        return node

    def value(self, node: Node, depth: int = 0) -> Value:
        """The value of an expression, variables replaced by what they hold where that is certain."""
        if depth > _MAX_DEPTH:
            return Unknown(self.span(node))
        name = self.identifier(node)
        if name is None:
            return self.convert(node, depth)
        return self._variable_value(node, name)

    def chain(self, node: Node) -> list[Link]:
        """The chain that ends in this node, its root first."""
        links: list[Link] = []
        current: Node | None = node
        while current is not None and len(links) < MAX_LINKS:
            link = self.link(current)
            if link is None:
                links.append(Link(name=wire_name(self.short_text(current)), node=current))
                break
            links.append(link)
            current = link.receiver
        links.reverse()
        return links

    @property
    def evidence(self) -> Evidence:
        return self._evidence

    @cached_property
    def _evidence(self) -> Evidence:
        named = [
            (name, value)
            for target, value in self._assignment_pairs
            if (name := self._base_name(target)) is not None
        ]
        imported = [node_text(node) for node in self.nodes(self.imports)] if self.imports else []
        return find_evidence(
            self.file, imported=imported, assigned=[(name, self.short_text(value)) for name, value in named]
        )

    def items(self, arguments: Iterable[Argument], span: Span) -> Record:
        """The named arguments of a call as a record."""
        entries: list[Entry] = []
        rest: list[Span] = []
        for argument in arguments:
            if argument.rest:
                rest.append(self.span(argument.node))
            elif argument.name is not None:
                key = Constant(self.span(argument.name_node or argument.node), argument.name)
                entries.append(Entry(key, self.value(argument.node, 1)))
        return Record(span, tuple(entries), tuple(rest))

    def number(self, node: Node, depth: int) -> Value:
        """A number that is written out."""
        del depth
        return number(self.span(node), self.text(node))

    def inner(self, node: Node, depth: int) -> Value:
        """What stands in parentheses, and the like."""
        children = [child for child in node.named_children if not child.is_extra]
        return self.value(children[0], depth + 1) if len(children) == 1 else Unknown(self.span(node))

    def list_of(self, node: Node, depth: int) -> Value:
        """A list that is written out."""
        values = (self.value(child, depth + 1) for child in node.named_children if not child.is_extra)
        return Items(self.span(node), tuple(values))

    def binary(self, node: Node, depth: int) -> Value:
        """An operation on the fields `left` and `right`."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return Unknown(self.span(node))
        values = self.value(left, depth + 1), self.value(right, depth + 1)
        return operation(self.span(node), operator.type, *values)

    def conditional(self, node: Node, depth: int) -> Value:
        """A choice between the fields `consequence` and `alternative`."""
        branches = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
        values = tuple(self.value(branch, depth + 1) for branch in branches if branch is not None)
        return Choice(self.span(node), values) if len(values) == 2 else Unknown(self.span(node))

    # Within.

    def nodes(self, kinds: frozenset[str]) -> list[Node]:
        return nodes_of(self.language(), self._root, kinds) if kinds else []

    def _chains(self) -> Iterator[Chain]:
        """Every chain, each once: the longest that ends in a call."""
        seen: set[int] = set()
        for node in self.nodes(self.chains):
            if node.id in seen:
                continue
            chain = self.chain(node)
            seen.update(link.node.id for link in chain)
            yield chain

    @cached_property
    def _assignment_pairs(self) -> list[tuple[Node, Node]]:
        return [pair for node in self.nodes(self.assignments) for pair in self.assignment_pairs(node)]

    @cached_property
    def _scopes(self) -> Scopes:
        scopes = Scopes(self.nodes(self.functions))
        for target, value in self._assignment_pairs:
            name = self.identifier(target)
            if name is not None:
                scopes.assign(name, value, at=target.start_byte, everywhere=self.is_shared(name))
                continue
            indexed = self.index(target)
            if indexed is not None and (name := self.identifier(indexed[0])) is not None:
                scopes.put(name, indexed[1], value, at=target.start_byte, everywhere=self.is_shared(name))
        for container in self.nodes(self.parameters):
            for name in self._parameter_names(container):
                scopes.take(name, at=container.start_byte)
        for name, value in self.definitions():
            scopes.assign(name, value, at=value.start_byte, everywhere=True)
        for name, key, value in self.puts():
            scopes.put(name, key, value, at=key.start_byte, everywhere=self.is_shared(name))
        scopes.close()
        return scopes

    def is_shared(self, name: str) -> bool:
        """Whether a variable is the object's or the class's, by its name."""
        return name[:1] == "@"

    def other_mentions(self) -> Iterable[Mention]:
        """What a language has besides: calls of generated code."""
        return ()

    def loose_records(self) -> Iterable[Node]:
        """The maps that are written out."""
        return self.nodes(self.records)

    def definitions(self) -> Iterator[tuple[str, Node]]:
        """Names of the file that stand for a value: a method without parameters that returns a record."""
        return iter(())

    def puts(self) -> Iterator[tuple[str, Node, Node]]:
        """`map.put(key, value)`: the map's variable, key and value."""
        return iter(())

    def empties(self, node: Node) -> bool:
        """Whether an expression makes an empty map: `new HashMap<>()`."""
        return False

    def _targets(self) -> Iterator[tuple[Target, Node]]:
        for target, value in self._assignment_pairs:
            indexed = self.index(target)
            base, key = (target, None) if indexed is None else indexed
            link = self.link(base)
            if link is not None and may_be_mention(link.name):
                yield Target(chain=self.chain(base), key=key, node=target), value

    def _reads(self) -> Iterator[Mention]:
        targets = {target.id for target, _ in self._assignment_pairs}
        for node in self.nodes(self.indexes):
            if node.id in targets:
                continue
            indexed = self.index(node)
            link = None if indexed is None else self.link(indexed[0])
            if indexed is not None and link is not None and link.name in CUSTOM_KEYS:
                yield from read_mentions(self, self.chain(indexed[0]), indexed[1])

    def _parameter_names(self, container: Node) -> Iterator[str]:
        for parameter in container.named_children:
            within = [*parameter.children_by_field_name("name"), *parameter.named_children[:1]]
            for node in (parameter, *within):
                name = self.identifier(node)
                if name is not None:
                    yield name

    def _base_name(self, target: Node) -> str | None:
        name = self.identifier(target)
        if name is not None:
            return wire_name(name)
        link = self.link(target)
        return None if link is None or link.arguments is not None else link.name

    def _variable_value(self, node: Node, name: str) -> Value:
        variable = self._scopes.find(name, node.start_byte)
        if variable is None or self._steps >= _MAX_STEPS:
            return Unknown(self.span(node))
        # Remembered for each number of steps that are left, so that no variable is looked into more often than that.
        key = (id(variable), self._steps)
        known = self._resolved.get(key)
        if known is None:
            self._steps += 1
            known = self._content(node, variable)
            self._steps -= 1
            self._resolved[key] = known
        if isinstance(known, Record | Items) and not self._fits(known, variable, node):
            return Unknown(self.span(node))
        # A name stands where it is used, a record where it is written.
        return at_place(known, self.span(node))

    def _fits(self, value: Record | Items, variable: Variable, node: Node) -> bool:
        """Whether a variable is replaced by the record or list that it holds: a large one at one place, one that is
        put into another record only where it is small. What is sent is then never much larger than the code."""
        size = len(value.entries) if isinstance(value, Record) else len(value.values)
        if size <= _SMALL:
            return self._steps < _MAX_STEPS - 1
        return self._steps == 0 and self._places.setdefault(id(variable), node.start_byte) == node.start_byte

    def _content(self, node: Node, variable: Variable) -> Value:
        """What a variable holds: the same wherever it is named, however deep."""
        entries = tuple(Entry(self.value(key, 1), self.value(value, 1)) for key, value in variable.items)
        values = [
            Record(self.span(value), ()) if self.empties(value) else self.value(value)
            for value in variable.values[:_MAX_DEPTH]
        ]
        if variable.is_open and values:
            return Choice(self.span(node), (*values, Unknown(self.span(node))))
        if not values:
            # A parameter, or a name from elsewhere: what is put into it here is all that is known.
            return (
                Record(self.span(node), entries, (self.span(node),)) if entries else Unknown(self.span(node))
            )
        if len(values) == 1:
            only = values[0]
            if isinstance(only, Record) and entries:
                return Record(only.span, only.entries + entries, only.rest)
            return only
        more = (Unknown(self.span(node)),) if len(variable.values) > len(values) else ()
        return Choice(self.span(node), (*values, *more))


def _distinct(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Each mention once, though a variable is handed over several times."""
    seen: set[Mention] = set()
    for mention in mentions:
        if mention not in seen:
            seen.add(mention)
            yield mention
