"""The small project that the tests of commands begin with."""

SPEC = """\
attributes:
  contact:
    tier: {type: options, options: [free, pro], description: What they pay for}
    seats_used: {type: integer}
events:
  signed_up:
    metadata: {source: {type: string}}
segments:
  free_riders:
    name: Free riders
    rule: tier = free and seats_used > 5
    publish: [audience, tag]
  big_companies:
    name: Big companies
    rule: company.size > 1000
"""
