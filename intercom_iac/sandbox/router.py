"""Which resource answers which call."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from . import (
    activities,
    attributes,
    audiences,
    companies,
    contacts,
    conversation_attributes,
    empty,
    events,
    me,
    memberships,
    merging,
    messenger,
    notes,
    search,
    segments,
    tags,
)
from .call import Call
from .errors import ApiError
from .messages import Response


@dataclass(frozen=True, slots=True)
class Route:
    """One call: its method, its path with `{parameters}`, who answers, and whether that may change anything."""

    method: str
    path: str
    answer: Callable[[Call], Response]
    writes: bool


def _reads(method: str, path: str, answer: Callable[[Call], Response]) -> Route:
    return Route(method, path, answer, writes=False)


def _writes(method: str, path: str, answer: Callable[[Call], Response]) -> Route:
    return Route(method, path, answer, writes=True)


# A literal path stands before the pattern that would also match it.
ROUTES = (
    _reads("GET", "/me", me.show),
    _reads("GET", "/admins", me.admins),
    _reads("GET", "/admins/activity_logs", activities.index),
    _reads("POST", "/admins/activity_logs/search", activities.search),
    _reads("GET", "/admins/activity_log_event_types", activities.event_types),
    _reads("GET", "/admins/{admin_id}", me.show_admin),
    _reads("GET", "/data_attributes", attributes.index),
    _writes("POST", "/data_attributes", attributes.create),
    _writes("PUT", "/data_attributes/{id}", attributes.update),
    _writes("POST", "/events", events.submit),
    _reads("GET", "/events", events.index),
    _writes("POST", "/events/summaries", events.submit_summary),
    _reads("GET", "/segments", segments.index),
    _reads("GET", "/segments/{id}", segments.show),
    _reads("GET", "/audiences", audiences.index),
    _writes("POST", "/audiences", audiences.create),
    _reads("GET", "/audiences/{id}", audiences.show),
    _writes("PUT", "/audiences/{id}", audiences.update),
    _writes("DELETE", "/audiences/{id}", audiences.delete),
    _reads("GET", "/conversations/attributes", conversation_attributes.index),
    _writes("POST", "/conversations/attributes", conversation_attributes.create),
    _reads("GET", "/conversations/attributes/{id}", conversation_attributes.show),
    _writes("PUT", "/conversations/attributes/{id}", conversation_attributes.update),
    _writes("DELETE", "/conversations/attributes/{id}", conversation_attributes.delete),
    _writes("POST", "/conversations/attributes/{id}/options", conversation_attributes.add_option),
    _writes(
        "PUT", "/conversations/attributes/{id}/options/{option_id}", conversation_attributes.update_option
    ),
    _writes(
        "DELETE", "/conversations/attributes/{id}/options/{option_id}", conversation_attributes.delete_option
    ),
    _reads("GET", "/conversations", empty.conversations),
    _reads("GET", "/conversations/deleted", empty.deleted_conversations),
    _reads("POST", "/conversations/search", empty.search_conversations),
    _reads("GET", "/conversations/{conversation_id}", empty.one),
    _reads("POST", "/tickets/search", empty.search_tickets),
    _reads("GET", "/tickets/{ticket_id}", empty.one),
    _reads("GET", "/ticket_types", empty.plain),
    _reads("GET", "/ticket_states", empty.plain),
    _reads("GET", "/teams", empty.teams),
    _reads("GET", "/teams/{team_id}", empty.team),
    _reads("GET", "/subscription_types", empty.plain),
    _reads("GET", "/articles", empty.paged),
    _reads("GET", "/help_center/collections", empty.paged),
    _reads("GET", "/help_center/help_centers", empty.paged),
    _reads("GET", "/news/news_items", empty.paged),
    _reads("GET", "/news/newsfeeds", empty.paged),
    _reads("GET", "/contacts", search.index),
    _writes("POST", "/contacts", contacts.create),
    _reads("POST", "/contacts/search", search.search),
    _writes("POST", "/contacts/merge", merging.merge),
    _reads("GET", "/contacts/find_by_external_id/{external_id}", contacts.find),
    _reads("GET", "/contacts/{id}", contacts.show),
    _writes("PUT", "/contacts/{id}", contacts.update),
    _writes("DELETE", "/contacts/{id}", contacts.delete),
    _writes("POST", "/contacts/{id}/archive", contacts.archive),
    _writes("POST", "/contacts/{id}/unarchive", contacts.unarchive),
    _reads("POST", "/contacts/{id}/block", contacts.block),
    _reads("GET", "/contacts/{id}/merge_history", merging.history),
    _reads("GET", "/contacts/{id}/notes", notes.of_contact),
    _writes("POST", "/contacts/{id}/notes", notes.on_contact),
    _reads("GET", "/contacts/{id}/tags", tags.of_contact),
    _writes("POST", "/contacts/{id}/tags", tags.attach),
    _writes("DELETE", "/contacts/{id}/tags/{tag_id}", tags.detach),
    _reads("GET", "/contacts/{id}/segments", segments.of_contact),
    _reads("GET", "/contacts/{id}/subscriptions", empty.subscriptions),
    _reads("GET", "/contacts/{id}/companies", memberships.index),
    _writes("POST", "/contacts/{id}/companies", memberships.attach),
    _writes("DELETE", "/contacts/{id}/companies/{company_id}", memberships.detach),
    _reads("GET", "/companies", companies.index),
    _writes("POST", "/companies", companies.upsert),
    _reads("POST", "/companies/list", companies.list_all),
    _writes("GET", "/companies/scroll", companies.scroll),
    _reads("GET", "/companies/{id}", companies.show),
    _writes("PUT", "/companies/{id}", companies.update),
    _writes("DELETE", "/companies/{id}", companies.delete),
    _reads("GET", "/companies/{id}/contacts", companies.contacts),
    _reads("GET", "/companies/{id}/segments", companies.segments),
    _reads("GET", "/companies/{id}/notes", notes.of_company),
    _writes("POST", "/companies/{id}/notes", notes.on_company),
    _reads("GET", "/notes/{note_id}", notes.show),
    _reads("GET", "/tags", tags.index),
    _writes("POST", "/tags", tags.write),
    _reads("GET", "/tags/{tag_id}", tags.show),
    _writes("DELETE", "/tags/{tag_id}", tags.delete),
)

STAND_INS = (
    _writes("POST", "/sandbox/messenger/boot", messenger.ping),
    _writes("POST", "/sandbox/messenger/update", messenger.ping),
)
"""What is not of Intercom's API: these stand for a browser."""

_PATTERNS = tuple((route, route.path.split("/")) for route in (*ROUTES, *STAND_INS))


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """The route of a call and its decoded path parameters; a final slash and doubled ones do not matter.

    A connector in wide use doubles the first one of every `url` that it follows.
    Raises the 404 of an unknown path (text: observed). A known path with another method is answered the same,
    which is an assumption.
    """
    elements = re.sub("//+", "/", path).rstrip("/").split("/")
    for route, pattern in _PATTERNS:
        if route.method == method and len(pattern) == len(elements):
            pairs = list(zip(pattern, elements, strict=True))
            if all(expected.startswith("{") or expected == element for expected, element in pairs):
                return route, {key[1:-1]: unquote(element) for key, element in pairs if key.startswith("{")}
    raise ApiError(404, "not_found", "The requested resource does not exist; check your path and try again")
