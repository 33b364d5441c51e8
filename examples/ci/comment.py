#!/usr/bin/env python3
"""Puts a plan under a pull request of GitHub or a merge request of GitLab, and the next time updates it in place.

    python3 comment.py plan.md

The first line of the file is a comment of HTML that names the plan; `intercom-iac plan --format markdown` writes it.
What begins with that line, and was written by the account of this token, is the one to update. The token of a job or
an app on GitHub cannot ask which account that is: with it, the one that any bot wrote is. What another person wrote
is left alone: they could change it again after the review.

Needs nothing but Python, and these variables:

GitHub  GITHUB_API_URL, GITHUB_REPOSITORY (set by GitHub), GITHUB_TOKEN, PULL_REQUEST (its number)
GitLab  CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID (set by GitLab), GITLAB_TOKEN
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARKER = "<!-- intercom-iac "
PAGE = 100
PAGES = 50


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an error: the token is for this address alone."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Api:
    """An API of JSON below an address, with the header that opens it."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        local = urllib.parse.urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
        if not url.startswith("https://") and not local:
            sys.exit(f"the token is sent over https only, not to {url}")
        self._url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json", "User-Agent": "intercom-iac", **headers}
        # A proxy of the environment has no business with this machine's own addresses.
        proxies = [urllib.request.ProxyHandler({})] if local else []
        self._opener = urllib.request.build_opener(_NoRedirects, *proxies)

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, forbidden: Any = None
    ) -> Any:
        """The answer; `forbidden`, where that is given and the token may not ask."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}{path}", data, self._headers, method=method)
        try:
            with self._opener.open(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if forbidden is not None and error.code in (403, 404):
                return forbidden
            hint = ""
            if error.code in (401, 403, 404):
                hint = ": this token may not comment here; a pull request from a fork has one that only reads"
            sys.exit(f"{method} {path} was answered with {error.code}{hint}")
        except OSError as error:
            sys.exit(f"{method} {path} failed: {error}")

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        """What a list holds, page after page."""
        for page in range(1, PAGES + 1):
            found = self.call("GET", f"{path}?per_page={PAGE}&page={page}")
            yield from found
            if not found:
                return


def number(name: str) -> int:
    if not os.environ[name].isdecimal():
        sys.exit(f"{name} is no number: there is a comment for runs of a pull request only")
    return int(os.environ[name])


def github(body: str, marker: str) -> str:
    api = Api(
        os.environ["GITHUB_API_URL"],
        {
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    repository = f"/repos/{os.environ['GITHUB_REPOSITORY']}"
    comments = f"{repository}/issues/{number('PULL_REQUEST')}/comments"
    own = api.call("GET", "/user", forbidden={}).get("id")
    for each in api.all(comments):
        author = each["user"]
        # A job's token cannot ask who it is; its comments are a bot's, as those of nobody who reviews are.
        mine = author["type"] == "Bot" if own is None else author["id"] == own
        if mine and each["body"].startswith(marker):
            found = f"{repository}/issues/comments/{int(each['id'])}"
            return api.call("PATCH", found, {"body": body})["html_url"]
    return api.call("POST", comments, {"body": body})["html_url"]


def gitlab(body: str, marker: str) -> str:
    api = Api(os.environ["CI_API_V4_URL"], {"PRIVATE-TOKEN": os.environ["GITLAB_TOKEN"]})
    notes = f"/projects/{number('CI_PROJECT_ID')}/merge_requests/{number('CI_MERGE_REQUEST_IID')}/notes"
    own = api.call("GET", "/user")["id"]
    for each in api.all(notes):
        if each["body"].startswith(marker) and each["author"]["id"] == own:
            mine = f"{notes}/{int(each['id'])}"
            return f"note {api.call('PUT', mine, {'body': body})['id']}"
    return f"note {api.call('POST', notes, {'body': body})['id']}"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: comment.py FILE")
    try:
        body = Path(sys.argv[1]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{sys.argv[1]} cannot be read: {error}")
    marker = body.partition("\n")[0]
    if not marker.startswith(MARKER):
        sys.exit(
            f"{sys.argv[1]} does not begin with {MARKER}...: it is not what `plan --format markdown` wrote"
        )
    place = gitlab if "CI_MERGE_REQUEST_IID" in os.environ else github
    try:
        print(f"the plan is in {place(body, marker)}")
    except KeyError as error:
        sys.exit(f"{error.args[0]} is not set")


if __name__ == "__main__":
    main()
