"""The application's server: it serves the page, and tells Intercom what only a server knows.

    python server/server.py --port 8000

Everything about Intercom is in the environment: INTERCOM_TOKEN; INTERCOM_URL, where it is not Intercom's own;
INTERCOM_APP_ID; MESSENGER_SCRIPT, where it is not Intercom's own; MESSENGER_SECRET, with which people are signed.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import html
import json
import os
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from intercom_data import CompanyAttributes, ContactAttributes, IntercomData, Money, plan_upgraded

ROOT = Path(__file__).parents[1]
APP_ID = os.environ.get("INTERCOM_APP_ID", "boards")
SCRIPT = os.environ.get("MESSENGER_SCRIPT", f"https://widget.intercom.io/widget/{APP_ID}")
TRIAL = timedelta(days=14)

# One person and one team, without a database.
USER_ID, TEAM_ID = "42", "team-7"
NAME = "Ada"
boards: list[datetime] = []


class Intercom:
    """What the application tells Intercom."""

    def __init__(self) -> None:
        self._data = IntercomData(os.environ["INTERCOM_TOKEN"], base_url=os.environ.get("INTERCOM_URL"))

    def sign_up(self, now: datetime) -> None:
        """A person begins a trial."""
        attributes = ContactAttributes(
            name=NAME, signed_up_at=now, plan_type="free", trial_end_date=(now + TRIAL).date()
        )
        self._data.contacts.update(attributes, external_id=USER_ID)
        self._data.companies.update(CompanyAttributes(name="Lovelace & Co", seats=1), company_id=TEAM_ID)

    def upgrade(self) -> None:
        """A person pays: the new plan is there before the event that a message waits for."""
        self._data.contacts.update(
            ContactAttributes(plan_type="pro", trial_end_date=None), external_id=USER_ID
        )
        self._data.companies.update(CompanyAttributes(seats=5), company_id=TEAM_ID)
        self._data.events.send(
            plan_upgraded(plan="pro", price=Money(amount=2900, currency="eur")), external_id=USER_ID
        )


class Handler(BaseHTTPRequestHandler):
    """The page, its scripts, and three calls of it."""

    intercom: Intercom

    def do_GET(self) -> None:
        """GET / and /built/...js"""
        path = self.path.partition("?")[0]
        if path == "/":
            page = (ROOT / "web" / "index.html").read_text("utf-8")
            self._answer(page.replace("{{messenger_script}}", html.escape(SCRIPT)), "text/html")
            return
        built = {f"/{file.relative_to(ROOT).as_posix()}": file for file in ROOT.glob("built/**/*.js")}
        if path in built:
            self._answer(built[path].read_text("utf-8"), "text/javascript")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """POST /api/sign-in, /api/boards and /api/upgrade"""
        now = datetime.now(UTC)
        if self.path == "/api/sign-in":
            self.intercom.sign_up(now)
            self._answer_json({**identity(), "name": NAME, "signed_up": now.isoformat()})
        elif self.path == "/api/boards":
            boards.append(now)
            self._answer_json({"count": len(boards)})
        elif self.path == "/api/upgrade":
            self.intercom.upgrade()
            self._answer_json({})
        else:
            self.send_error(404)

    def _answer_json(self, content: object) -> None:
        self._answer(json.dumps(content), "application/json")

    def _answer(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing of requests that are answered."""


def identity() -> dict[str, str]:
    """Who is signed in, and the proof of it that Intercom's identity verification takes."""
    who = {"app_id": APP_ID, "user_id": USER_ID}
    if secret := os.environ.get("MESSENGER_SECRET"):
        who["user_hash"] = hmac.new(secret.encode(), USER_ID.encode(), hashlib.sha256).hexdigest()
    return who


def main() -> None:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    Handler.intercom = Intercom()
    server = ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
