"""A rename written into the files of a project: entries, rules, references, silences and addresses, by splicing."""
