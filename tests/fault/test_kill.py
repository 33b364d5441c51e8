"""An apply of 60 changes over HTTP, killed: nothing acknowledged is lost, nothing is made twice, the next ends it."""

from __future__ import annotations

import random
import re
import signal
import time

import pytest

from intercom_iac.applying import read_abandoned_apply

CHANGES = 60


def survived(site, ended) -> None:
    """What has to hold after a process was killed."""
    assert ended.code in (-signal.SIGKILL, 0), ended.text
    there = site.there()
    assert set(there.values()) <= {1}
    assert site.acknowledged() <= set(there)
    left = [read_abandoned_apply(path) for path in site.journals()]
    told = site.run("plan")
    if ended.code and any(left):
        assert re.search(r"the last apply to `live` was cut off \(process \d+, .*\): \d+ done", told.text)
        assert "nothing has to be undone" in told.text
    else:
        assert "was cut off" not in told.text
    site.converges()


@pytest.mark.parametrize(("where", "parallelism"), [("before", 1), ("amid", 1), ("after", 1), ("after", 5)])
def test_killed_at_a_step_of_the_journal(site, step: int, where: str, parallelism: int) -> None:
    ended = site.run("apply", "--auto-approve", "--parallelism", str(parallelism), kill=(where, step))
    if step <= CHANGES // parallelism:
        assert ended.code == -signal.SIGKILL
    survived(site, ended)


@pytest.fixture(scope="session")
def seconds(shared_site) -> float:
    """How long a whole apply takes here."""
    shared_site.reset()
    began = time.monotonic()
    assert shared_site.run("apply", "--auto-approve").code == 0
    return time.monotonic() - began


def test_killed_at_a_random_time(site, seconds: float, seed: int) -> None:
    chance = random.Random(seed)
    parallelism = str(chance.choice((1, 2, 5, 16)))
    ended = site.run(
        "apply",
        "--auto-approve",
        "--parallelism",
        parallelism,
        kill_after=chance.uniform(0.02, 1.1 * seconds),
    )
    survived(site, ended)


def test_killed_again_and_again_it_still_gets_there(site) -> None:
    for step in (3, 2, 5, 1, 9):
        ended = site.run("apply", "--auto-approve", kill=("after", step))
        assert ended.code == -signal.SIGKILL
        assert set(site.there().values()) <= {1}
    site.converges()
