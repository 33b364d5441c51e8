"""What can be known of the entries without a workspace."""
