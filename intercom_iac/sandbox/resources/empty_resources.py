"""Resources that are always empty here: conversations, tickets, teams, subscriptions and articles.

Programs that copy a workspace ask for all of them and stop at a 404, so each of these calls answers as in a workspace
that has none (API 2.16 description). Of requests only the form is checked, not which fields a search names.
"""

from ..calls.call import Call
from ..calls.numbered_pages import Page, numbered_page, render_pages
from ..calls.parameters import clamp_integer
from ..wire.errors import (
    ApiError,
    invalid_parameter,
    missing_parameter,
    resource_not_found,
)
from ..wire.json_values import as_object
from ..wire.messages import Response, json_response
from .contacts.contacts import find_contact

DEFAULT_CONVERSATIONS, DEFAULT_TICKETS, DEFAULT_ARTICLES = 20, 20, 10
"""How many a page holds unless the request says."""


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
    page = numbered_page(call.query, default=DEFAULT_ARTICLES, largest=150)
    return json_response({"type": "list", "data": [], "total_count": 0, "pages": render_pages(page, 0)})


def list_subscriptions(call: Call) -> Response:
    """GET /contacts/{id}/subscriptions; 404 where there is no such contact."""
    find_contact(call)
    return list_unpaged(call)


def list_conversations(call: Call) -> Response:
    """GET /conversations."""
    return _empty_list(
        "conversation.list",
        "conversations",
        numbered_page(call.query, default=DEFAULT_CONVERSATIONS, largest=150),
    )


def list_deleted_conversations(call: Call) -> Response:
    """GET /conversations/deleted."""
    return _empty_list(
        "conversations.list",
        "conversations",
        numbered_page(call.query, default=DEFAULT_CONVERSATIONS, largest=60),
    )


def search_conversations(call: Call) -> Response:
    """POST /conversations/search."""
    return _empty_list("conversation.list", "conversations", _search_page(call, DEFAULT_CONVERSATIONS))


def search_tickets(call: Call) -> Response:
    """POST /tickets/search."""
    return _empty_list("ticket.list", "tickets", _search_page(call, DEFAULT_TICKETS))


def show_missing(_: Call) -> Response:
    """GET /conversations/{conversation_id} and /tickets/{ticket_id}."""
    raise resource_not_found()


def _search_page(call: Call, default: int) -> Page:
    """The page that a search asks for; `ApiError` where the search has no query."""
    if "query" not in call.body:
        raise missing_parameter("query is required")
    if as_object(call.body["query"]) is None:
        raise invalid_parameter("query must be an object")
    content = call.body.get("pagination")
    pagination = as_object({} if content is None else content)
    if pagination is None:
        raise invalid_parameter("pagination must be an object")
    size = pagination.get("per_page")
    return Page(1, clamp_integer(default if size is None else size, "per_page", largest=150))


def _empty_list(kind: str, key: str, page: Page) -> Response:
    return json_response({"type": kind, "pages": render_pages(page, 0), "total_count": 0, key: []})
