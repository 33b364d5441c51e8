"""The project as it was: at a git revision, or in another folder."""
