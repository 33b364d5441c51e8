select
  c.id
from contacts c
where not coalesce(c."role" = 'lead', false)
