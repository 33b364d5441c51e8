"""What the embedded workspace has none of: conversations, tickets, teams, subscriptions and articles.

Programs that copy a workspace ask for all of them and stop at a 404, so each of these calls answers as a workspace
does that has none (API 2.16 description). Only the form of what is sent is looked at: which fields a search may name
is not checked.
"""

from ..calls.call import Call
from ..calls.numbered_pages import Page, numbered_page
from ..calls.parameters import clamp_integer
from ..wire.errors import (
    ApiError,
    invalid_parameter,
    missing_parameter,
    resource_not_found,
)
from ..wire.json_values import JsonObject, as_object
from ..wire.messages import Response, json_response
from .contacts.contacts import find_contact

CONVERSATIONS, TICKETS, PAGED = 20, 20, 10
"""How many a page holds where nothing else is asked for."""


def list_teams(_: Call) -> Response:
    """GET /teams."""
    return json_response({"type": "team.list", "teams": []})


def show_team(_: Call) -> Response:
    """GET /teams/{team_id}."""
    raise ApiError(404, "team_not_found", "Team not found")


def list_unpaged(_: Call) -> Response:
    """A list without pages: GET /subscription_types, /ticket_types, /ticket_states."""
    return json_response({"type": "list", "data": []})


def list_paged(call: Call) -> Response:
    """A list with pages: GET /articles, /help_center/collections, /news/newsfeeds and their like."""
    page = numbered_page(call.query, default=PAGED, largest=150)
    return json_response({"type": "list", "data": [], "total_count": 0, "pages": _empty_pages(page)})


def list_subscriptions(call: Call) -> Response:
    """GET /contacts/{id}/subscriptions; 404 where there is no such contact."""
    find_contact(call)
    return list_unpaged(call)


def list_conversations(call: Call) -> Response:
    """GET /conversations."""
    return _empty_list(
        "conversation.list", "conversations", numbered_page(call.query, default=20, largest=150)
    )


def list_deleted_conversations(call: Call) -> Response:
    """GET /conversations/deleted."""
    return _empty_list(
        "conversations.list", "conversations", numbered_page(call.query, default=20, largest=60)
    )


def search_conversations(call: Call) -> Response:
    """POST /conversations/search."""
    return _empty_list("conversation.list", "conversations", _search_page(call, CONVERSATIONS))


def search_tickets(call: Call) -> Response:
    """POST /tickets/search."""
    return _empty_list("ticket.list", "tickets", _search_page(call, TICKETS))


def show_missing(_: Call) -> Response:
    """GET /conversations/{conversation_id} and /tickets/{ticket_id}."""
    raise resource_not_found()


def _search_page(call: Call, default: int) -> Page:
    if "query" not in call.body:
        raise missing_parameter("query is required")
    if as_object(call.body["query"]) is None:
        raise invalid_parameter("query must be an object")
    sent = call.body.get("pagination")
    pagination = as_object({} if sent is None else sent)
    if pagination is None:
        raise invalid_parameter("pagination must be an object")
    asked = pagination.get("per_page")
    return Page(1, clamp_integer(default if asked is None else asked, "per_page", largest=150))


def _empty_list(kind: str, key: str, page: Page) -> Response:
    return json_response({"type": kind, "pages": _empty_pages(page), "total_count": 0, key: []})


def _empty_pages(page: Page) -> JsonObject:
    return {"type": "pages", "page": page.number, "per_page": page.size, "total_pages": 0}
