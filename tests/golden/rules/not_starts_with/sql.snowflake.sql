select
  c.id
from contacts c
where not coalesce(startswith(lower(c."NOTE"), 'a%'), false)
