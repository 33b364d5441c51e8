"""The one statement that reads a source: keys, values, which rows are certainly right, fingerprints."""
