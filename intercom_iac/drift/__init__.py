"""What changed in the workspace behind the specs' back: findings, and the specs with the workspace's values."""

__all__: list[str] = []
