select
  c.id
from contacts c
where not coalesce(c."ROLE" = 'lead', false)
