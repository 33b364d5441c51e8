"""Records as JSON Schema and as components of OpenAPI."""
