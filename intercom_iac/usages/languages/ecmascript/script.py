"""A script as a whole: what its imports and its constants are, which every part of it may name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from intercom_iac.lazy_dataclass import dataclass

from ...code_file import CodeFile
from ...syntax_tree import node_text, nodes_of
from .nodes import argument_nodes, key_text, name_path, string_text, unwrap

if TYPE_CHECKING:
    from tree_sitter import Language, Node

_STATEMENTS = frozenset(
    {
        "import_statement",
        "variable_declarator",
        "enum_declaration",
        "assignment_expression",
        "augmented_assignment_expression",
        "update_expression",
        "formal_parameters",
        "arrow_function",
        "catch_clause",
        "for_in_statement",
        "function_declaration",
        "class_declaration",
    }
)
# What may be, or may hold, a function of the script's own; of no name by itself.
_MEMBERS = frozenset(
    {"function_expression", "method_definition", "field_definition", "public_field_definition"}
)
_CHANGES = ("assignment_expression", "augmented_assignment_expression", "update_expression")

HOOK = "useIntercom"
_EXPRESSIONS = frozenset(
    {
        "call_expression",
        "new_expression",
        "member_expression",
        "subscript_expression",
        "object",
        "pair",
        "jsx_self_closing_element",
        "jsx_opening_element",
    }
)
# The field in which these statements have what they set.
_TARGETS = {
    "assignment_expression": "left",
    "augmented_assignment_expression": "left",
    "update_expression": "argument",
    "arrow_function": "parameter",
    "catch_clause": "parameter",
    "for_in_statement": "left",
}


@dataclass(frozen=True, slots=True)
class Import:
    """What a name of the script stands for: `name` of a module; `default` for its default, `*` for all of it."""

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """`record.key = value`, or `record[key] = value`."""

    key: Node
    value: Node


class Script:
    """A parsed file and its names. A name that is bound twice anywhere in the file stands for nothing."""

    def __init__(self, file: CodeFile, language: Language, root: Node) -> None:
        self.file = file
        self.language = language
        self.root = root

    def nodes(self, *kinds: str) -> list[Node]:
        """All nodes of these kinds, which are among those that are looked for; of one kind in the file's order."""
        return [node for kind in kinds for node in self._by_kind.get(kind, ())]

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Node]]:
        """Sought once: most of the work is that of looking at each node of the file."""
        known = frozenset(
            kind for kind in _STATEMENTS | _MEMBERS | _EXPRESSIONS if _has_kind(self.language, kind)
        )
        by_kind: dict[str, list[Node]] = {}
        for node in nodes_of(self.language, self.root, known):
            by_kind.setdefault(node.type, []).append(node)
        return by_kind

    @cached_property
    def imports(self) -> Mapping[str, Import]:
        """Local name -> what is imported, by `import` or `require`."""
        imports: dict[str, Import] = {}
        for node in self._statements:
            if node.type == "import_statement":
                imports |= _import_bindings(node)
            elif node.type == "variable_declarator":
                imports |= _require_bindings(node)
        return imports

    @cached_property
    def definitions(self) -> Mapping[str, Node]:
        """Name -> the only value, or the enum, that it is bound to."""
        return {
            name: nodes[0]
            for name, nodes in self._bindings.items()
            if len(nodes) == 1 and nodes[0] is not None
        }

    @cached_property
    def changed_names(self) -> frozenset[str]:
        """The names that are assigned anew somewhere."""
        return frozenset(name for node in self.nodes(*_CHANGES) for name, _ in _names_bound(node))

    def binding_count(self, name: str) -> int:
        """How often a name is bound in the file, or imported."""
        return len(self._bindings.get(name, ())) + (name in self.imports)

    @cached_property
    def assignments(self) -> Mapping[str, list[Assigned]]:
        """Name -> the keys that are set on it one by one."""
        assigned: dict[str, list[Assigned]] = {}
        for node in self._statements:
            if node.type != "assignment_expression":
                continue
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is None or right is None:
                continue
            owner = left.child_by_field_name("object")
            key = left.child_by_field_name("property") or left.child_by_field_name("index")
            if owner is not None and key is not None and owner.type == "identifier":
                assigned.setdefault(node_text(owner), []).append(Assigned(key, right))
        return assigned

    @cached_property
    def hook_names(self) -> Mapping[str, str]:
        """Local name -> the function of `useIntercom()` that it is: `const { update, trackEvent: track } = ...`."""
        names: dict[str, str] = {}
        for node in self._statements:
            pattern, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            if node.type != "variable_declarator" or pattern is None or value is None:
                continue
            if pattern.type == "object_pattern" and name_path(value)[-1] == f"{HOOK}()":
                names |= {local: key for key, local in _pattern_names(pattern)}
        return names

    @cached_property
    def _statements(self) -> list[Node]:
        return self.nodes(*_STATEMENTS)

    @cached_property
    def _bindings(self) -> Mapping[str, list[Node | None]]:
        bindings: dict[str, list[Node | None]] = {}
        for node in self._statements:
            for name, value in _names_bound(node):
                bindings.setdefault(name, []).append(value)
        return bindings


def _names_bound(node: Node) -> list[tuple[str, Node | None]]:
    """The names that a statement binds, each with its value where it is plain."""
    name = node.child_by_field_name("name")
    if node.type == "variable_declarator" and name is not None:
        if name.type == "identifier":
            return [(node_text(name), node.child_by_field_name("value"))]
        return [(bound, None) for bound in bound_names(name)]
    if node.type == "enum_declaration" and name is not None:
        return [(node_text(name), node)]
    if node.type in ("function_declaration", "class_declaration") and name is not None:
        return [(node_text(name), None)]
    if node.type == "formal_parameters":
        return [(bound, None) for child in node.named_children for bound in bound_names(child)]
    field = _TARGETS.get(node.type)
    target = None if field is None else node.child_by_field_name(field)
    return [] if target is None else [(bound, None) for bound in bound_names(target)]


def _has_kind(language: Language, kind: str) -> bool:
    return language.id_for_node_kind(kind, True) is not None


def _import_bindings(node: Node) -> dict[str, Import]:
    source = node.child_by_field_name("source")
    module = None if source is None else string_text(source)
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    if module is None or clause is None:
        return {}
    imports: dict[str, Import] = {}
    for child in clause.named_children:
        if child.type == "identifier":
            imports[node_text(child)] = Import(module, "default")
        elif child.type == "namespace_import" and child.named_children:
            imports[node_text(child.named_children[-1])] = Import(module, "*")
        elif child.type == "named_imports":
            for specifier in child.named_children:
                name = specifier.child_by_field_name("name")
                local = specifier.child_by_field_name("alias") or name
                if name is not None and local is not None:
                    imports[node_text(local)] = Import(module, key_text(name) or "")
    return imports


def _require_bindings(node: Node) -> dict[str, Import]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None or value is None:
        return {}
    call = unwrap(value)
    picked: str | None = None
    if call.type == "member_expression":
        inner, key = call.child_by_field_name("object"), call.child_by_field_name("property")
        if inner is None or key is None:
            return {}
        call, picked = unwrap(inner), key_text(key)
    if call.type != "call_expression" or name_path(call)[-1] not in ("require()", "import()"):
        return {}
    arguments = argument_nodes(call)
    module = string_text(arguments[0]) if arguments else None
    if module is None:
        return {}
    if name.type == "identifier":
        return {node_text(name): Import(module, picked or "*")}
    return {local: Import(module, key) for key, local in _pattern_names(name)}


def _pattern_names(pattern: Node) -> list[tuple[str, str]]:
    """The keys that a pattern takes out of an object, each with the name it is given."""
    names: list[tuple[str, str]] = []
    for child in pattern.named_children:
        if child.type == "object_assignment_pattern":
            left = child.child_by_field_name("left")
            child = child if left is None else left
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if child.type == "shorthand_property_identifier_pattern":
            names.append((node_text(child), node_text(child)))
        elif child.type == "pair_pattern" and key is not None and value is not None:
            names.append((key_text(key) or "", node_text(value)))
    return names


def bound_names(pattern: Node) -> list[str]:
    """All names that a pattern binds."""
    names: list[str] = []
    pending = [pattern]
    while pending:
        node = pending.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            names.append(node_text(node))
        elif node.type in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            pending += [] if left is None else [left]
        elif node.type in ("required_parameter", "optional_parameter"):
            inner = node.child_by_field_name("pattern")
            pending += [] if inner is None else [inner]
        elif node.type == "pair_pattern":
            value = node.child_by_field_name("value")
            pending += [] if value is None else [value]
        elif node.type in ("object_pattern", "array_pattern", "rest_pattern"):
            pending += node.named_children
    return names
