"""What failed, and what was held back for it, can be taken up again from a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.workspace import Client
from intercom_iac.writes import failed_lines, open_failed, read_states
from support.deliveries import Delivering, Observed, event, update


def test_failed_and_held_back_writes_are_taken_up_again(
    tmp_path: Path, sandbox: Observed, client: Client, delivered: Delivering
) -> None:
    ids = [str(client.post("/contacts", {"external_id": f"u{at}"})["id"]) for at in range(3)]
    writes = [update(at, ids[at], "pro") for at in range(3)]
    writes += [event(3 + at, f"u{at}", after=at) for at in range(3)]
    client.post(f"/contacts/{ids[1]}/archive", {})
    assert delivered(*writes).done == 4
    assert delivered.spool is not None
    states = read_states(delivered.journal_path, delivered.spool)
    assert states is not None
    path = tmp_path / "failed.ndjson"
    path.write_bytes(b"".join(failed_lines(delivered.spool, states, "live")))
    client.post(f"/contacts/{ids[1]}/unarchive", {})

    failed = open_failed(path)
    assert (failed.app_id, failed.workspace) == ("sandbox", "live")
    again = list(failed)
    assert [(write.number, write.key, write.after) for write in again] == [(0, "u1", None), (1, "u1", 0)]
    sandbox.asked.clear()
    assert delivered(*again, look_first=True).done == 2
    assert sandbox.count("PUT") == 1
    sandbox.asked.clear()
    assert delivered(*again, look_first=True).done == 2
    assert sandbox.count("PUT") == 0, "what is done is not sent again"


def test_a_retry_that_is_stopped_keeps_what_it_did_not_try(
    tmp_path: Path, client: Client, delivered: Delivering
) -> None:
    ids = [str(client.post("/contacts", {"external_id": f"u{at}"})["id"]) for at in range(2)]
    outcome = delivered(*(update(at, ids[at], "pro") for at in range(2)), should_stop=lambda: True)
    assert outcome.not_tried == 2
    assert delivered.spool is not None
    states = read_states(delivered.journal_path, delivered.spool)
    assert states is not None
    path = tmp_path / "failed.ndjson"
    for with_untried, keys in ((False, []), (True, ["u0", "u1"])):
        lines = failed_lines(delivered.spool, states, "live", with_untried=with_untried)
        path.write_bytes(b"".join(lines))
        assert [write.key for write in open_failed(path)] == keys


WRITE = {"number": 0, "action": "delete", "record": "contact", "key_name": "id", "key": "6a", "body": {}}
WRONG_ACTION = json.dumps({"write": WRITE})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no file of writes that failed"),
        ("[]\n", "is no file of writes that failed"),
        ("a,b\n", "is no file of writes that failed"),
        ('{"failed_writes": 1}\nx\n', "line 2 of"),
        ('{"failed_writes": 1}\n{"write": {"number": 1}}\n', "line 2 of"),
        ('{"failed_writes": 1}\n{"write": 5}\n', "line 2 of"),
        ('{"failed_writes": 1}\n' + WRONG_ACTION + "\n", "line 2 of"),
    ],
)
def test_another_file(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "failed.ndjson"
    path.write_text(content)
    with pytest.raises(Misuse, match=said):
        list(open_failed(path))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="cannot be read: no such file"):
        open_failed(tmp_path / "failed.ndjson")
