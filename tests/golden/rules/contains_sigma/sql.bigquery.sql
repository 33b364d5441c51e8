select
  c.id
from contacts c
where strpos(replace(lower(c.`note`), 'ς', 'σ'), 'οδοσ') > 0
