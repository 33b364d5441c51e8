"""Programs that read and run generated TypeScript."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intercom_iac.generating import GenerateOptions, typescript_files
from intercom_iac.model import Schema
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from support.node import installed, node_program

HERE = Path(__file__).parent
# Stricter than what is promised, so that code which asks more of itself can take it in as well.
STRICT = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True,
    "isolatedModules": True,
    "isolatedDeclarations": True,
    "declaration": True,
    "erasableSyntaxOnly": True,
    "target": "es2020",
    "types": [],
    "skipLibCheck": True,
}
ESM = {"module": "esnext", "moduleResolution": "bundler", "verbatimModuleSyntax": True}


MINIFY = ("--minify-syntax", "--minify-whitespace", '--define:process.env.NODE_ENV="production"')


@dataclass(frozen=True)
class Written:
    """A folder with generated code, and what is compiled with it."""

    folder: Path

    def complaints(self, **options: Any) -> list[str]:
        """What the compiler says, a line a mistake, as `file(line,column): error ...`; compiled code is in `out`."""
        config = {
            "compilerOptions": {**STRICT, **ESM, "rootDir": ".", "outDir": "out", **options},
            "include": ["**/*.ts"],
            "exclude": ["out"],
        }
        (self.folder / "tsconfig.json").write_text(json.dumps(config))
        done = subprocess.run(
            [compiler(), "--pretty", "false", "-p", self.folder],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stderr == ""
        return done.stdout.splitlines()


def compiler() -> Path:
    """TypeScript's own."""
    package = installed(HERE, "typescript", "typescript")
    (program,) = (package.parent / "@typescript").glob("*/lib/tsc")
    return program


def write_typescript(
    folder: Path, specs: str | Schema, sources: Mapping[str, str] | None = None, **options: Any
) -> Written:
    """Generated code of specs in `folder/app`, and other sources beside it, by their paths in the folder."""
    installed(HERE, "typescript", "typescript")
    schema = specs if isinstance(specs, Schema) else _schema_of(folder, specs)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"type": "module"}')
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(HERE / "node_modules")
    texts = {
        f"app/{file.path}": file.text
        for file in typescript_files(schema, GenerateOptions(specs_digest="sha256:0", **options))
    }
    for path, text in {**texts, **(sources or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return Written(folder)


def _schema_of(folder: Path, specs: str) -> Schema:
    (folder / "specs").mkdir(parents=True, exist_ok=True)
    (folder / "intercom-iac.yaml").write_text("version: 1\n")
    (folder / "specs" / "a.yaml").write_text(specs, "utf-8")
    return load_specs(find_project(folder)).or_raise()


def run_scenarios(*arguments: Path) -> dict[str, str | None]:
    """What went wrong in each scenario, None where nothing did."""
    return json.loads(run_node(HERE / "scenarios.mjs", *arguments))


def run_node(script: Path, *arguments: Path | str) -> str:
    """What a script prints."""
    environment = {name: value for name, value in os.environ.items() if name != "NODE_ENV"}
    done = subprocess.run(
        [node_program(), "--no-warnings", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def bundle(entry: Path, *arguments: str) -> str:
    """The bundle that esbuild makes for production, with the names of the sources."""
    package = installed(HERE, "esbuild", "typescript")
    (program,) = (package.parent / "@esbuild").glob("*/bin/esbuild")
    done = subprocess.run(
        [program, entry, "--bundle", "--format=esm", "--target=es2020", *MINIFY, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout
