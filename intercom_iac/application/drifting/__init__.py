"""The workspace against the specs of a revision, and specs that take over what it has."""
