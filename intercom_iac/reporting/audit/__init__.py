"""An audit of a workspace, for people: as text, as Markdown, and as one HTML file."""
