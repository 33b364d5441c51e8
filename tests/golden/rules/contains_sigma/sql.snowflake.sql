select
  c.id
from contacts c
where contains(replace(lower(c."NOTE"), 'ς', 'σ'), 'οδοσ')
