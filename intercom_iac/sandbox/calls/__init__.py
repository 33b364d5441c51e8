"""One authorized call: what a resource takes, and how it reads parameters, body, page numbers and values."""
