"""Runs commands of the program, each in a process of its own, forked from this one that has imported everything.

Takes a JSON object a line: `args`, `folder`, `output` (a file), and `kill`: at which write of the journal the process
ends by SIGKILL, and whether before it, in the midst of it, or after it. Answers with the process's id, then with how
it ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

import httpx  # noqa: F401
import jsonschema  # noqa: F401

import intercom_iac.cli.apply
import intercom_iac.cli.plan
import intercom_iac.reporting
import intercom_iac.rules
import intercom_iac.specs
import intercom_iac.workspace  # noqa: F401
from intercom_iac.applying import Journal
from intercom_iac.cli import run


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def kill_at(where: str, step: int) -> None:
    real = Journal.write
    steps = 0

    def write(self: Journal, records: Any) -> None:
        nonlocal steps
        steps += 1
        if steps != step:
            real(self, records)
            return
        if where == "amid":
            text = "".join(json.dumps(each) + "\n" for each in records)
            os.write(self._file, text[: len(text) // 2].encode())
        elif where == "after":
            real(self, records)
        die()

    Journal.write = write


def child(order: dict[str, Any]) -> int:
    os.chdir(order["folder"])
    file = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(file, 1)
    os.dup2(file, 2)
    if order["kill"]:
        kill_at(*order["kill"])
    code = run(order["args"])
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 99
            try:
                code = child(order)
            finally:
                os._exit(code)
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
