"""The part of GitHub's and GitLab's APIs that keeps comments, on loopback."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..http_servers import QuietHandler, serving_requests

BOT = {"login": "github-actions[bot]", "type": "Bot", "id": 41}


class Forge:
    """Comments by the number of what they stand under, and the tokens that may read or write them."""

    def __init__(self) -> None:
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.may_write: dict[str, bool] = {}
        self.accounts: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[str, str]] = []
        # Whether the token of a job may ask, by the other API, whose it is.
        self.tells_viewer = True
        self.page = 100
        self.url = ""
        self._ids = iter(range(1, 1_000_000))

    def add(self, number: int, body: str, **author: Any) -> dict[str, Any]:
        made = {"id": next(self._ids), "body": body, "user": author, "author": author}
        made["html_url"] = f"{self.url}/{number}#issuecomment-{made['id']}"
        self.comments.setdefault(number, []).append(made)
        return made

    def bodies(self, number: int) -> list[str]:
        return [each["body"] for each in self.comments.get(number, [])]

    def answer(self, method: str, path: str, token: str, body: Any) -> tuple[int, Any]:
        if token not in self.may_write:
            return 401, {"message": "Bad credentials"}
        if path == "/graphql":
            if not self.tells_viewer:
                return 200, {"data": None, "errors": [{"message": "Resource not accessible by integration"}]}
            return 200, {"data": {"viewer": {"databaseId": self.accounts.get(token, BOT)["id"]}}}
        if method != "GET" and not self.may_write[token]:
            return 403, {"message": "Resource not accessible by integration"}
        if path.startswith("/user"):
            # A token of a job has no user, one of an account has.
            refused = {"message": "Resource not accessible by integration"}
            return (200, self.accounts[token]) if token in self.accounts else (403, refused)
        listed = re.fullmatch(
            r"/(?:repos/team/crm/issues|projects/7/merge_requests)/(\d+)/(?:comments|notes)(\?.*)?", path
        )
        one = re.fullmatch(
            r"/(?:repos/team/crm/issues/comments|projects/7/merge_requests/\d+/notes)/(\d+)", path
        )
        if listed and method == "POST":
            return 201, self.add(int(listed[1]), body["body"], **self.accounts.get(token, BOT))
        if listed:
            asked = {key: int(value[0]) for key, value in parse_qs(urlsplit(path).query).items()}
            size = min(asked["per_page"], self.page)
            begin = (asked["page"] - 1) * size
            return 200, self.comments.get(int(listed[1]), [])[begin : begin + size]
        if one and method in ("PATCH", "PUT", "DELETE"):
            [(held, found)] = [
                (found, each)
                for found in self.comments.values()
                for each in found
                if each["id"] == int(one[1])
            ]
            if method == "DELETE":
                held.remove(found)
                return 204, None
            found["body"] = body["body"]
            return 200, found
        return 404, {"message": "Not Found"}


@contextmanager
def served(forge: Forge) -> Iterator[Forge]:
    class Handler(QuietHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            token = self.headers.get("PRIVATE-TOKEN") or self.headers["Authorization"].split()[1]
            forge.calls.append((self.command, self.path))
            status, said = forge.answer(self.command, self.path, token, body)
            content = b"" if status == 204 else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _any

    with serving_requests(Handler) as forge.url:
        yield forge
