"""One write made: its call, and what there is to do where Intercom answers otherwise than it was planned for."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from intercom_iac.diagnostics import Conflict, NotFound, WorkspaceError
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.workspace import Records, existing_contact

from .ends import WriteEnd, WriteError
from .matching import body_before, changed_names, has_key, is_same_contact, remaining_body
from .refusals import (
    changed_meanwhile,
    existing_end,
    failure_end,
    key_words,
    moved_key_end,
    refusal_end,
    success_end,
)
from .write import Write

Json = Mapping[str, Any]

_TRIES = 4


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes writes, by any number of threads."""

    records: Records

    def make(self, write: Write, *, look_first: bool = False, maybe_done: bool = False) -> WriteEnd:
        """Makes a write, and says how it ended; with `look_first` the record is read first, by its id, and so it is
        with `maybe_done`: the write may have been made before.

        Raises a `WorkspaceError` where there was no answer that decides.
        """
        try:
            match write.action:
                case "create":
                    return self._create(write, look_first=look_first, maybe_done=maybe_done)
                case "update":
                    return self._update(write, look_first=look_first or maybe_done)
                case "upsert":
                    return self._upsert(write, look_first=look_first or maybe_done, maybe_done=maybe_done)
                case "send":
                    return self._send(write)
                case "tag" | "untag":
                    return self._tag(write)
        except (NotFound, Conflict) as error:
            return refusal_end(write, error)

    def find_end(self, write: Write) -> WriteEnd | None:
        """The end of a write that was made, by reading its record by id; None where it was not, or that cannot be
        read. Nothing is sent.

        Raises a `WorkspaceError` where there was no answer that decides.
        """
        match write.action:
            case "create" if write.key_name == "external_id":
                live = self.records.contact_with_external_id(write.key)
            case "update":
                live_id = write.live_id or self._contact_id(write)
                live = None if live_id is None else self.records.contact(live_id)
            case "upsert":
                live = self.records.company(write.key)
            case _:
                return None
        if live is None or not has_key(write, live) or remaining_body(write, live):
            return None
        return success_end(write, str(live["id"]))

    def _create(self, write: Write, *, look_first: bool, maybe_done: bool) -> WriteEnd:
        """Creates a contact, once: Intercom itself refuses a second one, and a lost create is looked for by its
        external id, which does not lag as a search does."""
        attempt = 0
        while True:
            attempt += 1
            if (look_first or maybe_done) and write.key_name == "external_id":
                live = self.records.contact_with_external_id(write.key)
                if live is not None:
                    return self._complete(write, live, ours=maybe_done)
            try:
                created = self.records.create_contact(write.body)
            except Conflict as error:
                return self._repair(write, error, ours=maybe_done)
            except WorkspaceError as error:
                if not error.maybe_done or attempt == _TRIES:
                    raise
                maybe_done = True
                self.records.back_off(attempt)
            else:
                return success_end(write, str(created["id"]))

    def _repair(self, write: Write, error: Conflict, *, ours: bool) -> WriteEnd:
        """There is such a contact already, which a search does not find yet: by the id that the refusal names."""
        existing = existing_contact(error)
        if existing is None:
            return refusal_end(write, error)
        if existing.archived:
            message = f"the archived contact `{existing.id}` has the same {key_words(write)}"
            hint = "restore or delete it in Intercom: until then no contact can be created with it"
            return failure_end(write, WriteError(error.code, message, hint))
        live = self.records.contact(existing.id)
        if live is None:
            return refusal_end(write, error)
        if not is_same_contact(write, live):
            message = f"the contact `{existing.id}` has the same email and another external id"
            hint = (
                "one of the two has the address of the other: correct the table, or the contact in Intercom"
            )
            return failure_end(write, WriteError(error.code, message, hint))
        return self._complete(write, live, ours=ours)

    def _complete(self, write: Write, live: Json, *, ours: bool) -> WriteEnd:
        """Gives a contact that is there what it lacks. `ours`: it may be the one that this write created."""
        live_id = str(live["id"])
        rest = remaining_body(write, live)
        if rest and write.only_new and not ours:
            return existing_end(write, live_id)
        if rest:
            self.records.update_contact(live_id, rest)
        return success_end(write, live_id)

    def _update(self, write: Write, *, look_first: bool) -> WriteEnd:
        live_id = write.live_id or self._contact_id(write)
        if live_id is None:
            return self._failure_of_missing(write, None)
        body = write.body
        if look_first:
            live = self.records.contact(live_id)
            if live is None:
                return self._failure_of_missing(write, live_id)
            if not has_key(write, live):
                return moved_key_end(write, live_id)
            body = remaining_body(write, live)
            if not body:
                return success_end(write, live_id)
            if changed := changed_names(body, write, live):
                return failure_end(write, changed_meanwhile(write, live_id, changed))
        try:
            updated = self.records.update_contact(live_id, body)
        except NotFound:
            return self._failure_of_missing(write, live_id)
        except Conflict as error:
            if error.status == HTTPStatus.GONE:
                return self._failure_of_missing(write, live_id)
            raise
        if not has_key(write, updated):
            # It belongs to somebody else since it was looked at: these values are not that person's.
            self.records.update_contact(live_id, body_before(write))
            return moved_key_end(write, live_id)
        return success_end(write, live_id)

    def _upsert(self, write: Write, *, look_first: bool, maybe_done: bool) -> WriteEnd:
        """Creates or updates a company. Intercom refuses no second one, so one that is only to be created is looked
        for; one that was there when the write was planned is not made anew."""
        body = write.body
        if look_first or write.only_new:
            live = self.records.company(write.key)
            if live is None and write.before:
                return self._failure_of_missing(write, None)
            if live is not None:
                live_id = str(live["id"])
                rest = remaining_body(write, live)
                if not rest:
                    return success_end(write, live_id)
                if write.only_new and not maybe_done:
                    return existing_end(write, live_id)
                if changed := changed_names(rest, write, live):
                    return failure_end(write, changed_meanwhile(write, live_id, changed))
                body = {"company_id": write.key, **rest}
        company = self.records.upsert_company(body)
        live_id = company.get("id")
        return success_end(write, live_id if isinstance(live_id, str) else write.live_id)

    def _send(self, write: Write) -> WriteEnd:
        """Sends an event; one of a person who was created a moment ago may have to wait until events find them."""
        tries = 1 if write.after is None else _TRIES
        for attempt in range(1, tries):
            try:
                self.records.send_event(write.body)
            except NotFound:
                self.records.back_off(attempt)
            else:
                return success_end(write, None)
        self.records.send_event(write.body)
        return success_end(write, None)

    def _tag(self, write: Write) -> WriteEnd:
        """Tagging twice is tagging once; whoever is gone has no tag."""
        records = self.records
        if write.record == "company":
            live_id = write.live_id or str((records.company(write.key) or {}).get("id") or "")
        else:
            live_id = write.live_id or self._contact_id(write)
        untag = write.action == "untag"
        if not live_id:
            return success_end(write, None) if untag else self._failure_of_missing(write, None)
        try:
            if write.record == "company":
                (records.untag_company if untag else records.tag_company)(live_id, str(write.body["name"]))
            else:
                (records.untag_contact if untag else records.tag_contact)(live_id, str(write.body["id"]))
        except NotFound:
            if not untag:
                raise
        return success_end(write, live_id)

    def _contact_id(self, write: Write) -> str | None:
        """Intercom's id of the contact that a write knows by its key alone."""
        if write.key_name == "external_id":
            live = self.records.contact_with_external_id(write.key)
            return None if live is None else str(live["id"])
        if write.key_name == "id":
            return write.key
        contacts = self.records.contacts_with(write.key_name, [write.key])
        return str(contacts[0]["id"]) if len(contacts) == 1 else None

    def _failure_of_missing(self, write: Write, live_id: str | None) -> WriteEnd:
        state = "gone" if live_id is None else self.records.contact_state(live_id)
        name = f"the contact `{live_id}`" if live_id is not None else f"the {write.record} of this row"
        message = (
            f"{name} was merged into another one since the plan was made"
            if state == "merged"
            else f"{name} was archived or deleted since the plan was made"
        )
        return failure_end(
            write, WriteError(NotFound.code, message, "run it again: it is looked for by its key")
        )
