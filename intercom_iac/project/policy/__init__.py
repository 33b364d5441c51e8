"""What the project file says under `naming` and `policy`."""
