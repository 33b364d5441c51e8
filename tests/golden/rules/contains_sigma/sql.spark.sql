select
  c.id
from contacts c
where contains(replace(lower(c.`note`), 'ς', 'σ'), 'οδοσ')
