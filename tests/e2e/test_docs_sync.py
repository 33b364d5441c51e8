"""What docs/sync.md shows is true: its files are written and its commands run in order, its examples are read."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import yaml

from intercom_iac.cli.app import program
from intercom_iac.project.settings import SourceSettings
from intercom_iac.yaml.shapes import keys_of

PAGE = (Path(__file__).parents[2] / "docs" / "sync.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
COMMAND = re.compile(r"^\$ intercom-iac (.+?)(?:    # (\d))?\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def test_its_files_and_commands_in_their_order(scratch) -> None:
    ran = 0
    for language, text in BLOCKS:
        named = re.match(r"# (\S+\.(?:yaml|csv))\n(.*)", text, re.DOTALL)
        if named is not None:
            scratch.write({named[1]: named[2]})
        elif language == "console":
            for command, code, shown in COMMAND.findall(text):
                ended = scratch.run(command)
                ran += 1
                assert ended.code == int(code or 0), (command, ended)
                for line in shown.splitlines():
                    assert line in ended.out + ended.err, (command, line, ended)
    assert ran == 12


def test_its_table_has_every_key_of_a_source_and_its_option() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.*?) \|", PAGE, re.MULTILINE)
    keys = {key for keys, _ in rows for key in re.findall(r"\w+", keys)}
    assert keys >= {*keys_of(SourceSettings)}
    options = {option for parameter in program.get_command(None, "sync").params for option in parameter.opts}
    assert {
        option for option in re.findall(r"--[a-z][a-z-]+", PAGE) if not option.startswith("--iac")
    } <= options


def test_its_examples_of_other_programs_are_read() -> None:
    for language, text in BLOCKS:
        if language == "ini":
            unit = configparser.ConfigParser()
            unit.read_string(text)
            commands = [unit["Service"]["ExecStart"]]
        elif language == "cron":
            assert text.split(maxsplit=5)[:5] == ["*/10", "*", "*", "*", "*"]
            commands = [text]
        elif "CronJob" in text:
            job = yaml.safe_load(text)
            commands = [
                " ".join(container["args"])
                for container in job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
            ]
        else:
            continue
        for command in commands:
            assert "intercom-iac sync -w production --auto-approve" in command
