select
  c.id
from contacts c
where not coalesce(strpos(lower(c.`note`), 'x') > 0, false)
