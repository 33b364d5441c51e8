select
  c.id
from contacts c
where (strpos(lower(c.`note`), 'x') > 0) is not true
