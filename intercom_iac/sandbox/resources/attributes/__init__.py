"""The definitions of attributes: custom and standard ones of contacts and companies, and those of conversations."""
