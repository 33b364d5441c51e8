select
  c.id
from contacts c
where not coalesce(contains(lower(c."note"), 'x'), false)
