"""The code of a project: which files it has, which of them are read, and what they use of the specs."""
