"""What a rule that is not read should have said: hints and fixes that are the whole clause as it should be.

In the order of work: `clauses` finds the clause that a mistake lies in, `answers` asks the tables of `wordings`
and `names`, for what its fields are called elsewhere, `chains`, `comments` and `surroundings` look at what stands
beside it, and `search` tries edits of a few words where no table knows the wording. `trial` compiles each candidate
within a budget, and only what compiles is shown; `masking` keeps patterns out of quoted texts. `repair` puts the
answers into the diagnostics. Nothing here changes what a rule means: a rule that is read never comes here.
"""
