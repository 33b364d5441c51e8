"""Contacts: their records, who may not be created twice, merging, and finding them."""
