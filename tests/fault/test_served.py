"""Sixty changes over HTTP against a workspace that is broken on purpose, as `sandbox serve --fault` serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intercom_iac.applying import apply
from intercom_iac.diagnostics import WorkspaceError
from intercom_iac.planning import plan
from intercom_iac.project import find_project
from intercom_iac.sandbox import Faults, Gateway, Latency, RateLimit, Sandbox, serving
from intercom_iac.specs import digest, load_specs
from intercom_iac.workspace import Client, HttpWorkspace, Target, Token
from support.silent_progress import SilentProgress

KINDS = (
    "drop-before-accept",
    "drop-after-accept",
    "drop-during-answer",
    "500",
    "500-after-accept",
    "503-html",
    "truncated-json",
    "wrong-content-type",
)


def workspace(url: str) -> HttpWorkspace:
    target = Target("live", base_url=url, token=Token("any"))
    return HttpWorkspace(target, Client(target, sleep=lambda _: None))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(None) as opened:
        yield opened


@pytest.mark.parametrize("how", [*(f"{kind}=0.1" for kind in KINDS), "all at once"])
def test_applies_to_a_broken_workspace_converge(
    sixty_changes: str, tmp_path: Path, how: str, sandbox: Sandbox
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "all.yaml").write_text(sixty_changes)
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    schema = load_specs(find_project(tmp_path)).or_raise()
    faults = [f"{kind}=0.03" for kind in KINDS] if how == "all at once" else [how]
    broken = Gateway(sandbox, faults=Faults.parse(faults, seed=7), latency=Latency.parse("0ms-3ms", seed=7))
    with serving(broken) as url:
        for _ in range(40):
            live = workspace(url)
            try:
                made = plan(schema, live.snapshot(), workspace="live", specs_digest=digest(schema))
                if not made.calls or apply(made, live, SilentProgress(), parallelism=4).complete:
                    break
            except WorkspaceError:
                continue
            finally:
                live.close()
        else:
            pytest.fail("forty applies were not enough")
    assert sum(broken.injected.values()) > 0
    with serving(Gateway(sandbox, rate_limit=RateLimit(1000, 10))) as url:
        live = workspace(url)
        snapshot = live.snapshot()
        assert not plan(schema, snapshot, workspace="live", specs_digest=digest(schema)).changes
        assert len(snapshot.attributes) == 34
        assert len(snapshot.audiences) == len(snapshot.tags) == 10
        assert len(snapshot.events) == 6
        live.close()
    sandbox.close()
