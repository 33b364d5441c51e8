"""What these tests share: a browser; and for the CI pieces a team, and a program whose plans are old."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
import pytest

from support.browser import missing_browser
from support.engines import Cluster, missing_postgres
from support.pages import Browser, open_browser
from support.pipelines import Forge, Origin
from support.pipelines.forge import served
from support.pipelines.team import PATH, SPECS, Team, sandbox
from support.warm_program import warm_program


@pytest.fixture(scope="session")
def warm() -> Iterator[Path]:
    """A folder for PATH with the program in it, which starts at once."""
    # A socket's path has to be short.
    with TemporaryDirectory() as folder, warm_program(Path(folder)) as programs:
        yield programs


@pytest.fixture
def team(tmp_path: Path, warm: Path) -> Iterator[Team]:
    origin = Origin(tmp_path)
    with sandbox(tmp_path, warm) as url, served(Forge()) as forge:
        app_id = httpx.get(f"{url}/me", headers={"Authorization": "Bearer x"}).json()["app"]["id_code"]
        settings = f"{{base_url: '{url}', app_id: {app_id}, token_env: INTERCOM_TOKEN, protected: true}}"
        (origin.work / "intercom-iac.yaml").write_text(f"version: 1\nworkspaces:\n  production: {settings}\n")
        (origin.work / "specs").mkdir()
        (origin.work / "specs" / "crm.yaml").write_text(SPECS)
        origin.commit("Start")
        origin.push("main")
        yield Team(tmp_path, origin, forge, url, f"{warm}:{PATH}")


@pytest.fixture
def aged(tmp_path: Path) -> str:
    """A path with a program on it whose every plan was made four days ago."""
    folder = tmp_path / "aged"
    folder.mkdir()
    program = folder / "intercom-iac"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "from datetime import UTC, datetime, timedelta\n"
        "import intercom_iac.planning as planning\n"
        "from intercom_iac.cli.app import run\n"
        "made = planning.plan\n"
        "ago = datetime.now(UTC) - timedelta(days=4)\n"
        "planning.plan = lambda *given, **named: made(*given, **named | {'created_at': ago})\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    program.chmod(0o755)
    return f"{folder}:{PATH}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the pages of a module."""
    if reason := missing_browser():
        pytest.skip(reason)
    with open_browser() as browser:
        yield browser


@pytest.fixture
def database() -> Iterator[tuple[psycopg.Connection, str]]:
    """A connection to a database, and its address, which has a password in it."""
    if why := missing_postgres():
        pytest.skip(why)
    cluster = Cluster()
    try:
        with cluster.connect() as connection:
            yield connection, f"host={cluster.root} user=postgres password=hidden-1 dbname=postgres"
    finally:
        cluster.stop()
