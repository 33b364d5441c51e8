"""What reports are put together with: columns, Markdown, folding, values in a few words."""
