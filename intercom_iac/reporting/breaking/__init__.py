"""What breaks between two revisions: on a terminal, in a comment, as a changelog."""
