"""Trees -> text: canonical, with comments, as an outline."""
