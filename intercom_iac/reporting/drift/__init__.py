"""What drifted in a workspace: on a terminal, in an issue."""
