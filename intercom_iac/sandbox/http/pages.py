"""What web pages of named origins may do: load the Messenger's script and call its paths, and nothing else.

A browser asks before it sends a request to another origin, and shows a page the answer only where that permits it
(Fetch standard, CORS protocol). `sandbox serve --allow-origin` names the origins; by default there is none. The paths
of the API, which have the data of all people, are permitted to no page.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ..wire.messages import Request, Response

SCRIPT_PATH = "/sandbox/messenger/widget.js"
"""GET here is the script that stands in for the Messenger's, `https://widget.intercom.io/widget/APP_ID`."""

_MESSENGER = "/sandbox/messenger/"
_SCRIPT_FILE = Path(__file__).with_name("widget.js")
_PERMISSION_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Page:
    """A page that sends a request, by its origin, which is one of those that are permitted."""

    origin: str

    def permit(self, response: Response) -> Response:
        """The response with what lets the page read it."""
        headers = {**response.headers, "access-control-allow-origin": self.origin, "vary": "Origin"}
        return Response(response.status, headers, response.body)


def find_page(path: str, headers: list[tuple[str, str]], origins: Collection[str]) -> Page | None:
    """The permitted page that sends the request; None where none does, or another path is asked for.

    `headers` have lowercase names; `origins` are as browsers send them (`http://localhost:3000`).
    """
    sent = [value.strip() for name, value in headers if name == "origin"]
    if path.startswith(_MESSENGER) and len(sent) == 1 and sent[0] in origins:
        return Page(sent[0])
    return None


def page_response(request: Request, page: Page | None) -> Response | None:
    """The script, or the answer to a browser's question whether the page may send a request; None for other calls.

    Both take no token and reach no workspace.
    """
    if (request.method, request.path) == ("GET", SCRIPT_PATH):
        return _script_response(request.headers.get("host", ""))
    if request.method == "OPTIONS" and page is not None:
        return _preflight_response()
    return None


def _script_response(host: str) -> Response:
    """The script; `host` is the name and port of this server, to which it sends its calls."""
    text = _SCRIPT_FILE.read_text("utf-8").replace('"SANDBOX"', json.dumps(f"http://{host}"))
    headers = {"content-type": "text/javascript; charset=utf-8", "cache-control": "no-store"}
    return Response(200, headers, text.encode())


def _preflight_response() -> Response:
    headers = {
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-max-age": str(_PERMISSION_SECONDS),
    }
    return Response(204, headers, b"")
