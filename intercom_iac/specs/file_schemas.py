"""The JSON Schema of both kinds of file, for editors: made of the shapes that they are read by."""

from __future__ import annotations

from typing import Any, Literal

from intercom_iac.project.settings import ProjectSettings

from .load.entries import SpecFile

Kind = Literal["spec", "project"]


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema, draft 2020-12, of a spec file or of the project file, with descriptions and examples."""
    # Here, since pydantic comes with it.
    from intercom_iac.yaml.shape_models import shape_schema

    title = "Spec file of intercom-iac" if kind == "spec" else "Project file of intercom-iac"
    return {**shape_schema(SpecFile if kind == "spec" else ProjectSettings), "title": title}
