"""What a change of an attribute does to the segments that read it, before anybody makes the change."""
