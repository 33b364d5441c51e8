"""The JSON Schema of both kinds of file, for editors: made of the models that validate them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import WithDefaultSchema

from intercom_iac.project.settings import ProjectSettings
from intercom_iac.yaml.shape_models import model_of

from .load.entries import SpecFile

Kind = Literal["spec", "project"]


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema, draft 2020-12, of a spec file or of the project file, with descriptions and examples."""
    model = model_of(SpecFile if kind == "spec" else ProjectSettings)
    schema = model.model_json_schema(schema_generator=_Generator)
    title = "Spec file of intercom-iac" if kind == "spec" else "Project file of intercom-iac"
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema, "title": title}


class _Generator(GenerateJsonSchema):
    """Says less: no title made of a field's name, which editors would show first, and no default of nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if "default" in schema and schema["default"] is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)
