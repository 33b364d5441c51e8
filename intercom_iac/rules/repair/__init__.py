"""What a rule that is not read should have said: hints and fixes that are the whole clause as it should be.

In the order of work: `clauses` finds the clause that a mistake lies in, `masking` takes its quoted texts out,
`rewording` applies the tables of what people write in other languages (`signs`, `functions`, `times`, `numbers`,
`events`, `operators`), `names` looks up what its fields are called elsewhere, and `search` tries edits of a few words
where no table knows the wording. `trial` compiles each candidate within a budget, and only what compiles is shown.
`repair` puts the answers into the diagnostics. Nothing here changes what a rule means: a rule that is read never
comes here.
"""
