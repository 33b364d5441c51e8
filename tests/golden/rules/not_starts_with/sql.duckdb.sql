select
  c.id
from contacts c
where not coalesce(starts_with(lower(c."note"), 'a%'), false)
