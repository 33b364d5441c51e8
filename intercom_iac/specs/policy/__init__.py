"""What a project asks of its specs beyond what Intercom does: names, owners, lengths, labels and where they may flow.

Within `specs`; `settings` is the shape of it in the project file.
"""
