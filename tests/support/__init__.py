"""What several test files share: generators, engines, judges, pipelines, small projects."""
