"""What a workspace has and what is wrong with it, from a survey and a sample: ranked findings, without specs."""

__all__: list[str] = []
