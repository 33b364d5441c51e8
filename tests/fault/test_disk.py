"""A disk that takes no more bytes: a real limit on the process, at sizes that end in every part of the journal."""

from __future__ import annotations

import os
import resource
import subprocess
import sys


def test_a_journal_that_cannot_grow_stops_the_apply_in_words(site, size: int) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    ended = subprocess.run(
        [sys.executable, "-m", "intercom_iac", "apply", "--auto-approve"],
        cwd=site.root,
        env={**os.environ, "ANY_TOKEN": "any", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    text = ended.stdout + ended.stderr
    assert ended.returncode == 1, text
    assert "Traceback" not in text
    assert "file too large" in text
    there = site.there()
    if size < 300:
        assert not there
    else:
        assert "cannot be written" in text
        assert f"Stopped: {len([each for each in there if each[0] != 'contact'])} done, " in text
    site.converges()
