select
  c.id
from contacts c
where not coalesce(contains(lower(c."NOTE"), 'x'), false)
