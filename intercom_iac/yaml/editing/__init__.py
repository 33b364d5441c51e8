"""How the text of a YAML file is edited; `yaml.edits` says what can be done."""
