"""Tables of wordings that the language does not read, by subject, and what stands in their place.

`rewording` has what a row is and applies a table; a wording that should be answered is a row in one of the others.
`events` reads what people say of events, whose words stand in any order.
"""
