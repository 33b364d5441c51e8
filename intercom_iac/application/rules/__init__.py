"""Rules compiled, evaluated and looked into; segments counted among people in files."""
