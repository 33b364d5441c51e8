"""Tests of segments: what came of them, those that are proposed, and what they notice of mistakes in the rules."""
