"""The routes: which function answers which call."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from .calls.call import Call
from .resources import (
    activities,
    admins,
    audiences,
    companies,
    company_scroll,
    empty_resources,
    events,
    memberships,
    notes,
    segments,
    tags,
)
from .resources.attributes import conversation_attributes, data_attributes
from .resources.contacts import contacts, merging, search
from .resources.messenger import events as messenger_events
from .resources.messenger import people
from .wire.errors import ApiError
from .wire.messages import Response


@dataclass(frozen=True, slots=True)
class Route:
    """One call: its method, its path with `{parameters}`, the function that answers it, and whether it may write."""

    method: str
    path: str
    answer: Callable[[Call], Response]
    writes: bool


def _reading_route(method: str, path: str, answer: Callable[[Call], Response]) -> Route:
    return Route(method, path, answer, writes=False)


def _writing_route(method: str, path: str, answer: Callable[[Call], Response]) -> Route:
    return Route(method, path, answer, writes=True)


# A literal path comes before a pattern that also matches it.
ROUTES = (
    _reading_route("GET", "/me", admins.show_me),
    _reading_route("GET", "/admins", admins.index),
    _reading_route("GET", "/admins/activity_logs", activities.index),
    _reading_route("POST", "/admins/activity_logs/search", activities.search),
    _reading_route("GET", "/admins/activity_log_event_types", activities.event_types),
    _reading_route("GET", "/admins/{admin_id}", admins.show),
    _reading_route("GET", "/data_attributes", data_attributes.index),
    _writing_route("POST", "/data_attributes", data_attributes.create),
    _writing_route("PUT", "/data_attributes/{id}", data_attributes.update),
    _writing_route("POST", "/events", events.submit),
    _reading_route("GET", "/events", events.index),
    _writing_route("POST", "/events/summaries", events.submit_summary),
    _reading_route("GET", "/segments", segments.index),
    _reading_route("GET", "/segments/{id}", segments.show),
    _reading_route("GET", "/audiences", audiences.index),
    _writing_route("POST", "/audiences", audiences.create),
    _reading_route("GET", "/audiences/{id}", audiences.show),
    _writing_route("PUT", "/audiences/{id}", audiences.update),
    _writing_route("DELETE", "/audiences/{id}", audiences.delete),
    _reading_route("GET", "/conversations/attributes", conversation_attributes.index),
    _writing_route("POST", "/conversations/attributes", conversation_attributes.create),
    _reading_route("GET", "/conversations/attributes/{id}", conversation_attributes.show),
    _writing_route("PUT", "/conversations/attributes/{id}", conversation_attributes.update),
    _writing_route("DELETE", "/conversations/attributes/{id}", conversation_attributes.delete),
    _writing_route("POST", "/conversations/attributes/{id}/options", conversation_attributes.add_option),
    _writing_route(
        "PUT", "/conversations/attributes/{id}/options/{option_id}", conversation_attributes.update_option
    ),
    _writing_route(
        "DELETE", "/conversations/attributes/{id}/options/{option_id}", conversation_attributes.delete_option
    ),
    _reading_route("GET", "/conversations", empty_resources.list_conversations),
    _reading_route("GET", "/conversations/deleted", empty_resources.list_deleted_conversations),
    _reading_route("POST", "/conversations/search", empty_resources.search_conversations),
    _reading_route("GET", "/conversations/{conversation_id}", empty_resources.show_missing),
    _reading_route("POST", "/tickets/search", empty_resources.search_tickets),
    _reading_route("GET", "/tickets/{ticket_id}", empty_resources.show_missing),
    _reading_route("GET", "/ticket_types", empty_resources.list_unpaged),
    _reading_route("GET", "/ticket_states", empty_resources.list_unpaged),
    _reading_route("GET", "/teams", empty_resources.list_teams),
    _reading_route("GET", "/teams/{team_id}", empty_resources.show_team),
    _reading_route("GET", "/subscription_types", empty_resources.list_unpaged),
    _reading_route("GET", "/articles", empty_resources.list_paged),
    _reading_route("GET", "/help_center/collections", empty_resources.list_paged),
    _reading_route("GET", "/help_center/help_centers", empty_resources.list_paged),
    _reading_route("GET", "/news/news_items", empty_resources.list_paged),
    _reading_route("GET", "/news/newsfeeds", empty_resources.list_paged),
    _reading_route("GET", "/contacts", search.index),
    _writing_route("POST", "/contacts", contacts.create),
    _reading_route("POST", "/contacts/search", search.search),
    _writing_route("POST", "/contacts/merge", merging.merge),
    _reading_route("GET", "/contacts/find_by_external_id/{external_id}", contacts.find_by_external_id),
    _reading_route("GET", "/contacts/{id}", contacts.show),
    _writing_route("PUT", "/contacts/{id}", contacts.update),
    _writing_route("DELETE", "/contacts/{id}", contacts.delete),
    _writing_route("POST", "/contacts/{id}/archive", contacts.archive),
    _writing_route("POST", "/contacts/{id}/unarchive", contacts.unarchive),
    _reading_route("POST", "/contacts/{id}/block", contacts.block),
    _reading_route("GET", "/contacts/{id}/merge_history", merging.history),
    _reading_route("GET", "/contacts/{id}/notes", notes.list_for_contact),
    _writing_route("POST", "/contacts/{id}/notes", notes.create_for_contact),
    _reading_route("GET", "/contacts/{id}/tags", tags.list_for_contact),
    _writing_route("POST", "/contacts/{id}/tags", tags.attach),
    _writing_route("DELETE", "/contacts/{id}/tags/{tag_id}", tags.detach),
    _reading_route("GET", "/contacts/{id}/segments", segments.list_for_contact),
    _reading_route("GET", "/contacts/{id}/subscriptions", empty_resources.list_subscriptions),
    _reading_route("GET", "/contacts/{id}/companies", memberships.index),
    _writing_route("POST", "/contacts/{id}/companies", memberships.attach),
    _writing_route("DELETE", "/contacts/{id}/companies/{company_id}", memberships.detach),
    _reading_route("GET", "/companies", companies.index),
    _writing_route("POST", "/companies", companies.upsert),
    _reading_route("POST", "/companies/list", companies.list_all),
    _writing_route("GET", "/companies/scroll", company_scroll.scroll),
    _reading_route("GET", "/companies/{id}", companies.show),
    _writing_route("PUT", "/companies/{id}", companies.update),
    _writing_route("DELETE", "/companies/{id}", companies.delete),
    _reading_route("GET", "/companies/{id}/contacts", companies.list_contacts),
    _reading_route("GET", "/companies/{id}/segments", companies.list_segments),
    _reading_route("GET", "/companies/{id}/notes", notes.list_for_company),
    _writing_route("POST", "/companies/{id}/notes", notes.create_for_company),
    _reading_route("GET", "/notes/{note_id}", notes.show),
    _reading_route("GET", "/tags", tags.index),
    _writing_route("POST", "/tags", tags.create_or_update),
    _reading_route("GET", "/tags/{tag_id}", tags.show),
    _writing_route("DELETE", "/tags/{tag_id}", tags.delete),
)

STAND_INS = (
    _writing_route("POST", "/sandbox/messenger/boot", people.ping),
    _writing_route("POST", "/sandbox/messenger/update", people.ping),
    _writing_route("POST", "/sandbox/messenger/trackEvent", messenger_events.track),
    _reading_route("POST", "/sandbox/messenger/shutdown", people.end_session),
)
"""Paths of the sandbox's own, which stand in for a browser."""

_PATTERNS = tuple((route, route.path.split("/")) for route in (*ROUTES, *STAND_INS))


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """The route of a call and its decoded path parameters; a final slash and doubled slashes are ignored.

    A connector in wide use doubles the first slash of every `url` that it follows.
    Raises `ApiError` 404 for an unknown path (text: observed), and for a known one with another method (assumption).
    """
    elements = re.sub("//+", "/", path).rstrip("/").split("/")
    for route, pattern in _PATTERNS:
        if route.method == method and len(pattern) == len(elements):
            pairs = list(zip(pattern, elements, strict=True))
            if all(expected.startswith("{") or expected == element for expected, element in pairs):
                return route, {key[1:-1]: unquote(element) for key, element in pairs if key.startswith("{")}
    raise ApiError(404, "not_found", "The requested resource does not exist; check your path and try again")
