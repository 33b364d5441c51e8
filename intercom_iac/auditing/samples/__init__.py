"""What sampled values look like: their forms, what of them is personal, and how they are shown."""
