"""The project at a git revision, or in another folder, to compare with."""
