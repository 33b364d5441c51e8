"""The use-cases stand by themselves: every module of theirs is imported where there is no click."""

from __future__ import annotations

import subprocess
import sys

WITHOUT_CLICK = """
import importlib, pkgutil, sys

sys.modules["click"] = None
import intercom_iac.application as room

names = [module.name for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]
for name in names:
    importlib.import_module(name)
for name in room.__all__:
    getattr(room, name)
print(len(names), *(name for name in sys.modules if name.startswith(("intercom_iac.cli", "intercom_iac.reporting"))))
"""


def test_no_use_case_knows_click_or_what_renders_its_value() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_CLICK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, *foreign = done.stdout.split()
    assert int(count) > 20
    assert foreign == []
