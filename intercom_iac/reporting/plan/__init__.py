"""Plans: on a terminal, in a comment, as a page, and those of all workspaces side by side."""
