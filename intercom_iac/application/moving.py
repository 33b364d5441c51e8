"""Another name for an attribute, an event or a segment, written into all files of a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.model import MODELS, Address, Attribute, Event, Schema, Segment, event_key
from intercom_iac.model.names import NameKind, corrected_name, name_mistakes
from intercom_iac.project import BaseReference, read_base
from intercom_iac.specs import load_every_workspace
from intercom_iac.specs.checks.names import check_standard_name
from intercom_iac.specs.load.expansion import holds_variables
from intercom_iac.specs.renaming.entries import Form
from intercom_iac.specs.renaming.meaning import say_the_same
from intercom_iac.specs.renaming.moving import rename_in_project
from intercom_iac.specs.renaming.rename import Rename, Renamed

from .addresses import declared_addresses, unknown_address
from .fixing import write_fixed_files

if TYPE_CHECKING:
    from .session import Session

_RENAMED_KINDS: Mapping[str, NameKind] = {"attribute": "attribute", "event": "event", "segment": "segment"}


def move(session: Session, old: str, new: str) -> Renamed:
    """What a rename comes to: the files of the project as they would be. Nothing is written.

    `old` is an address, `new` one of the same kind and owner, or the name alone. The specs of every workspace are
    asked. Raises `Misuse` for names that do not fit, `EditRefused` for a text that cannot be edited in place, and
    `InvalidSpecs` where the specs have an error, or would have one.
    """
    specs = session.valid_specs_by_workspace()
    schemas = [loaded.schema for loaded in specs.values()]
    rename = _rename(old, new, schemas)
    form = _form(session, rename, schemas)
    return rename_in_project(session.project, rename, form, specs)


def write_renamed(session: Session, renamed: Renamed) -> None:
    """Writes the files of a rename, all of them or none; byte-order marks stay.

    Raises `Misuse` where one of them is no longer what was read.
    """
    write_fixed_files(session.project.root, renamed.files)


# --- the addresses ------------------------------------------------------------------------------------------


def _rename(old: str, new: str, schemas: list[Schema]) -> Rename:
    address = Address.parse(old)
    known = [*_known_addresses(schemas)]
    if address is None or address.kind not in _RENAMED_KINDS:
        if address is not None:
            raise Misuse(
                f"`{old}` is renamed with its segment",
                hint="give the segment another `name`, and `renamed_from` with the name before",
            )
        named = [known_address for known_address in known if known_address.endswith(f".{old}")]
        hint = f"did you mean `{named[0]}`?" if named else "an address is like attribute.contact.plan_type"
        raise Misuse(f"`{old}` is no address", hint=hint)
    if old not in known:
        if address.kind == "event" and ".metadata." in old:
            raise Misuse(
                "a metadata key is not renamed: Intercom keeps the keys of an event for good",
                hint="declare another key beside it, and send both until nothing reads the old one",
            )
        raise unknown_address(schemas[0], old, known)
    return Rename(old=address, new=_new_address(address, new))


def _new_address(old: Address, new: str) -> Address:
    address = Address.parse(new)
    if address is None:
        return Address(old.kind, new, old.owner)
    if (address.kind, address.owner) != (old.kind, old.owner):
        right = Address(old.kind, address.name, old.owner)
        raise Misuse(
            f"`{old}` cannot become `{new}`: a rename keeps the kind and the owner",
            hint=f"pass `{right}`, or the name alone",
        )
    return address


def _known_addresses(schemas: Iterable[Schema]) -> Iterator[str]:
    for schema in schemas:
        yield from declared_addresses(schema)
        yield from schema.other_workspaces


# --- what becomes of the entries ----------------------------------------------------------------------------


def _form(session: Session, rename: Rename, schemas: list[Schema]) -> Form:
    """Raises `Misuse` for a name that cannot be the new one."""
    entry = _first(schemas, rename.old)
    _check_name(rename)
    if entry is not None and entry.status == "archived":
        raise Misuse(
            f"`{rename.old}` is archived",
            hint="take it into use again with `status: active` first",
        )
    if rename.old.kind == "segment":
        _refuse_taken(rename, _first(schemas, rename.new), str(rename.new) in _known_addresses(schemas))
        return "in place"
    successor = _first(schemas, rename.new)
    assert isinstance(entry, Attribute | Event)
    if successor is None or successor.status != "deprecated" or entry.renamed_from != rename.new.name:
        _refuse_taken(rename, successor, str(rename.new) in _known_addresses(schemas))
        _refuse_other_owner(rename, schemas)
        return "in place" if _is_draft(session, rename, entry, schemas) else "new entry"
    committed = str(rename.old) in (_addresses_at_head(session) or ())
    alike = all(say_the_same(rename, schema) for schema in schemas)
    return "undone" if alike and not committed else "back"


def _is_draft(session: Session, rename: Rename, entry: Attribute | Event, schemas: Iterable[Schema]) -> bool:
    """Whether the old name is itself that of a rename under way that nobody can have applied: it is in no commit."""
    if entry.renamed_from is None:
        return False
    before = _first(schemas, replace(rename.old, name=entry.renamed_from))
    if before is None or before.status != "deprecated":
        return False
    at_head = _addresses_at_head(session)
    return at_head is not None and str(rename.old) not in at_head


def _first(schemas: Iterable[Schema], address: Address) -> Attribute | Event | Segment | None:
    """What stands at an address in the first workspace that has it."""
    for schema in schemas:
        things = (*schema.attributes.values(), *schema.events.values(), *schema.segments.values())
        for thing in things:
            if thing.address == str(address):
                return thing
    return None


def _check_name(rename: Rename) -> None:
    old, new = rename.old, rename.new
    kind = _RENAMED_KINDS[old.kind]
    if new.name == old.name:
        raise Misuse(f"`{old}` has that name already", hint="pass another name")
    if old.kind == "event" and event_key(new.name) == event_key(old.name):
        raise Misuse(
            f"Intercom reads the events `{old.name}` and `{new.name}` as one",
            hint="there is nothing to rename in Intercom: write the name otherwise in the specs by hand",
        )
    if holds_variables(new.name):
        raise Misuse(f"`{new.name}` holds a variable, and no name does", hint="write the name out")
    if mistakes := name_mistakes(kind, new.name):
        corrected = corrected_name(kind, new.name)
        hint = f"call it `{corrected}`" if corrected else "pass a name"
        raise Misuse(f"the name `{new.name}` {' and '.join(mistakes)}", hint=hint)
    if old.owner is not None:
        for diagnostic in check_standard_name(None, old.owner, new.name):
            raise Misuse(diagnostic.message, hint=diagnostic.hint)


def _refuse_taken(rename: Rename, taken: Attribute | Event | Segment | None, known: bool) -> None:
    if taken is not None or known:
        at = (
            f", at {taken.span}" if taken is not None and taken.span is not None else ", for other workspaces"
        )
        raise Misuse(f"`{rename.new}` is declared already{at}", hint="pass a name that is free")


def _refuse_other_owner(rename: Rename, schemas: Iterable[Schema]) -> None:
    """A name serves contacts or companies, and an event's name is taken in any case."""
    for schema in schemas:
        for owner in MODELS if rename.old.owner else ():
            if (owner, rename.new.name) in schema.attributes:
                raise Misuse(
                    f"`{rename.new.name}` is declared for {'companies' if owner == 'company' else 'contacts'}, and "
                    "Intercom knows one attribute of a name only",
                    hint="pass a name that is free",
                )
        for event in schema.events.values() if rename.old.kind == "event" else ():
            if event_key(event.name) == event_key(rename.new.name):
                raise Misuse(
                    f"Intercom reads the events `{event.name}` and `{rename.new.name}` as one",
                    hint="pass a name that is free",
                )


def _addresses_at_head(session: Session) -> set[str] | None:
    """What the last commit declares; None where there is none, or it cannot be read."""
    try:
        base = read_base(session.project, BaseReference("HEAD"))
    except (Misuse, InvalidSpecs):
        return None
    if base.project is None:
        return None
    loaded = load_every_workspace(base.project).values()
    return {*_known_addresses(specs.schema for specs in loaded)}
