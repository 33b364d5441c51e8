"""From chosen values to a person in the shapes of Intercom's API, to JSON and back, and to a line of a message."""
