"""`rule eval` keeps to a limit of memory, and ends with a word where it is interrupted."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

SPECS = "attributes: {contact: {plan: {type: string, description: Plan}}}\n"
CONTACT = '{"id": "%d", "custom_attributes": {"plan": "trial"}}\n'


@pytest.mark.parametrize(
    ("limit", "code", "said"),
    [
        ("1MB", 3, "error: `--memory-limit 1MB` is too little: the program and the ids in the files take "),
        ("4GB", 0, "2 members\n"),
        ("much", 3, "`much` is no amount of memory"),
    ],
)
def test_a_limit_that_cannot_be_met_is_told_before_anything_is_read(
    scratch, limit: str, code: int, said: str
) -> None:
    scratch.spec(SPECS)
    (scratch.root / "c.ndjson").write_text(CONTACT % 1 + CONTACT % 2)
    result = scratch.run(f"rule eval 'plan = trial' --contacts c.ndjson --threads 1 --memory-limit {limit}")
    assert result.code == code, result
    assert said in result.err


def test_limits_are_for_files_of_people(scratch) -> None:
    scratch.spec(SPECS)
    result = scratch.run("rule eval 'plan = trial' --witness w.json --threads 2")
    assert (result.code, result.out) == (3, "")
    assert "are for files of people" in result.err


def test_an_interrupt_ends_an_evaluation_with_a_word(scratch) -> None:
    scratch.spec(SPECS)
    (scratch.root / "c.ndjson").write_text(CONTACT % 1)
    rule = ["rule", "eval", "plan = trial", "--contacts", "c.ndjson", "--events", "/dev/stdin"]
    child = subprocess.Popen(
        [sys.executable, "-m", "intercom_iac", *rule],
        cwd=scratch.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdin is not None
        # More than a pipe holds: whoever has taken so much is reading, and waits for the rest.
        for _ in range(20_000):
            child.stdin.write('{"event_name": "paid"}\n')
        child.stdin.flush()
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 1
    assert err.strip() == "interrupted"
