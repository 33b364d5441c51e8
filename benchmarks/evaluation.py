"""`rule eval` over a million contacts in newline-delimited JSON: a loop by hand, and what three million events add.

python benchmarks/evaluation.py [CONTACTS [EVENTS]]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import SCRIPT, installed_environment, peak, ratios, report, run_in_turn

ROUNDS = 3
RULE = "plan = free and usage > 50"
EVENT_RULE = "plan = free and event report_exported at least 2 times within last 30 days"
# What somebody writes who has one rule and one file.
LOOP = """
import json, sys
members = []
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        contact = json.loads(line)
        attributes = contact["custom_attributes"]
        if attributes.get("plan") == "free" and (attributes.get("usage") or 0) > 50:
            members.append(contact["id"])
print("\\n".join(members))
"""


def measure(contacts: int, events: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        audience = str(Path(__file__).with_name("audience.py"))
        size = ["--contacts", str(contacts), "--events", str(events)]
        subprocess.run([sys.executable, audience, name, *size], check=True)
        evaluate = [SCRIPT, "--project", str(folder / "project"), "rule", "eval"]
        people = ["--contacts", str(folder / "contacts.ndjson")]
        alone = [*evaluate, EVENT_RULE, *people]
        runs = run_in_turn(
            {
                "loop": [sys.executable, "-c", LOOP, str(folder / "contacts.ndjson")],
                "rule": [*evaluate, RULE, *people],
                "alone": alone,
                "events": [*alone, "--events", str(folder / "events.ndjson")],
            },
            ROUNDS,
            environment=installed_environment(),
        )
    rule, with_events = runs["rule"], runs["events"]
    report("rule eval", ratios=ratios(rule, runs["loop"]), memory=peak(rule), seconds=rule[0].processor)
    report(
        "rule eval of events",
        ratios=ratios(with_events, runs["alone"]),
        memory=peak(with_events),
        seconds=with_events[0].processor,
    )


if __name__ == "__main__":
    numbers = [int(argument.replace("_", "")) for argument in sys.argv[1:]]
    measure(*numbers, *(1_000_000, 3_000_000)[len(numbers) :])
