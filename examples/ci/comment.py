#!/usr/bin/env python3
"""Posts a plan as a comment on a GitHub pull request or GitLab merge request, and updates that comment in later runs.

    python3 -I comment.py plan.md

The first line of the file is an HTML comment that names the plan, written by `intercom-iac plan --format markdown`.
The comment that begins with this line and was written by the account of this token is updated; further ones of that
account are deleted. Comments by anyone else, bots included, are left alone: their authors could edit them after the
review.

Requires only Python and these variables:

GitHub  GITHUB_API_URL, GITHUB_REPOSITORY (set by GitHub), GITHUB_TOKEN, PULL_REQUEST (its number); GITHUB_GRAPHQL_URL
        (set by GitHub), which tells the account of a job's or an app's token
GitLab  CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID (set by GitLab), GITLAB_TOKEN
"""

from __future__ import annotations

import json
import os
import re
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
# The most characters a comment can have.
LONGEST = {"GitHub": 65_536, "GitLab": 1_000_000}


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Makes a redirect an error: the token is only for the given address."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Refused(Exception):
    """The token lacks the permission: 403, or 404 where that is hidden."""


class Api:
    """A JSON API at a base address, called with the given headers."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        local = urllib.parse.urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
        if not url.startswith("https://") and not local:
            sys.exit(f"the token is sent over https only, not to {url}")
        self._url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json", "User-Agent": "intercom-iac", **headers}
        # Requests to this machine do not go through a proxy of the environment.
        proxies = [urllib.request.ProxyHandler({})] if local else []
        self._opener = urllib.request.build_opener(_NoRedirects, *proxies)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer. Raises `Refused`; any other failure ends the program."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}{path}", data, self._headers, method=method)
        try:
            with self._opener.open(request, timeout=30) as answer:
                content = answer.read()
            return json.loads(content) if content else None
        except urllib.error.HTTPError as error:
            said = f"{method} {path} was answered with {error.code}{reason(error)}"
            if error.code in (403, 404):
                raise Refused(said) from error
            sys.exit(said)
        except OSError as error:
            sys.exit(f"{method} {path} failed: {error}")
        except ValueError:
            sys.exit(f"{method} {path} was answered with something that is no JSON")

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer; ends the program where the token lacks the permission."""
        try:
            return self.ask(method, path, body)
        except Refused as error:
            sys.exit(
                f"{error}: this token may not comment here; a pull request from a fork has one that only reads, and "
                "one of a job needs the permission `pull-requests: write`"
            )

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        """The items of all pages of a list."""
        for page in range(1, PAGES + 1):
            found = self.call("GET", f"{path}?per_page={PAGE}&page={page}")
            yield from found
            if not found:
                return
        sys.exit(f"there are more than {PAGES * PAGE} comments: the one to update cannot be told among them")


def reason(error: urllib.error.HTTPError) -> str:
    """The message of the answer in parentheses, made printable; empty if there is none."""
    try:
        said = str(json.loads(error.read(10_000)).get("message", ""))
    except (OSError, ValueError, AttributeError):
        return ""
    plain = "".join(letter if letter.isprintable() else " " for letter in said)[:200].strip()
    return f" ({plain})" if plain else ""


def variable(name: str) -> str:
    if name not in os.environ:
        sys.exit(f"{name} is not set")
    return os.environ[name]


def number(name: str) -> int:
    if not re.fullmatch("[0-9]+", variable(name)):
        sys.exit(f"{name} is no number: there is a comment for runs of a pull request only")
    return int(os.environ[name])


def begins_with(comment: dict[str, Any], marker: str) -> bool:
    return (comment.get("body") or "").partition("\n")[0].rstrip() == marker


def author_of(comment: dict[str, Any]) -> int | None:
    """The id of the author; None for a deleted account."""
    return (comment.get("user") or comment.get("author") or {}).get("id")


def github(body: str, marker: str) -> str:
    headers = {
        "Authorization": f"Bearer {variable('GITHUB_TOKEN')}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    api = Api(variable("GITHUB_API_URL"), headers)
    repository = f"/repos/{variable('GITHUB_REPOSITORY')}"
    comments = f"{repository}/issues/{number('PULL_REQUEST')}/comments"
    own = account_of(api, headers)
    marked = [each for each in api.all(comments) if begins_with(each, marker)]
    written = None
    if own is None:
        # The new comment shows which account the token belongs to.
        written = api.call("POST", comments, {"body": body})
        own = author_of(written)
    mine = [each for each in marked if author_of(each) == own]
    if not mine:
        return (written or api.call("POST", comments, {"body": body}))["html_url"]
    first, *others = (f"{repository}/issues/comments/{int(each['id'])}" for each in mine)
    if written is not None:
        others.append(f"{repository}/issues/comments/{int(written['id'])}")
    updated = api.call("PATCH", first, {"body": body})
    for each in others:
        api.call("DELETE", each)
    return updated["html_url"]


def account_of(api: Api, headers: dict[str, str]) -> int | None:
    """The id of the token's account; None, with a message, if the API does not return it."""
    try:
        return int(api.ask("GET", "/user")["id"])
    except Refused as error:
        refused = error
    # The token of a job or an app belongs to a bot. Only GitHub's GraphQL API returns its id.
    address = os.environ.get("GITHUB_GRAPHQL_URL", "")
    if address:
        try:
            answer = Api(address, headers).ask("POST", "", {"query": "query { viewer { databaseId } }"})
            return int(answer["data"]["viewer"]["databaseId"])
        except Refused as error:
            refused = error
        except (KeyError, TypeError, ValueError):
            pass
    print(f"{refused}: whose this token is shows in the comment that it writes", file=sys.stderr)
    return None


def gitlab(body: str, marker: str) -> str:
    api = Api(variable("CI_API_V4_URL"), {"PRIVATE-TOKEN": variable("GITLAB_TOKEN")})
    notes = f"/projects/{number('CI_PROJECT_ID')}/merge_requests/{number('CI_MERGE_REQUEST_IID')}/notes"
    own = api.call("GET", "/user")["id"]
    mine = [each for each in api.all(notes) if begins_with(each, marker) and author_of(each) == own]
    body = without_quick_actions(body)
    if not mine:
        return f"note {api.call('POST', notes, {'body': body})['id']}"
    first, *others = (f"{notes}/{int(each['id'])}" for each in mine)
    updated = api.call("PUT", first, {"body": body})
    for each in others:
        api.call("DELETE", each)
    return f"note {updated['id']}"


def without_quick_actions(body: str) -> str:
    """The text with quick actions escaped, such as `/merge`, which GitLab would run as the account of the token."""
    lines: list[str] = []
    fenced = False
    for line in body.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        lines.append(line if fenced else re.sub(r"^(\s*)/", r"\1\\/", line))
    return "\n".join(lines)


def fitting(body: str, marker: str, forge: str) -> str:
    """The text, or a note that it is too long: a cut plan could be taken for the whole one."""
    if len(body) <= LONGEST[forge]:
        return body
    return (
        f"{marker}\n### The plan is too long for a comment\n\n"
        f"It has {len(body):,} characters, of which a comment holds {LONGEST[forge]:,}. The job that made it has it "
        "whole.\n"
    )


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: comment.py FILE")
    try:
        body = Path(sys.argv[1]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{sys.argv[1]} cannot be read: {error}")
    marker = body.partition("\n")[0].rstrip()
    if not marker.startswith(MARKER):
        sys.exit(
            f"{sys.argv[1]} does not begin with {MARKER}...: it is not what `plan --format markdown` wrote"
        )
    forge, place = ("GitLab", gitlab) if "CI_MERGE_REQUEST_IID" in os.environ else ("GitHub", github)
    try:
        print(f"the plan is in {place(fitting(body, marker, forge), marker)}")
    except (KeyError, TypeError, AttributeError):
        sys.exit(f"{forge} answered with something that is no comment")


if __name__ == "__main__":
    main()
