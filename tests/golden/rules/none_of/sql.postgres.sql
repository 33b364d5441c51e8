select
  c.id
from contacts c
where not coalesce(c."plan" in ('free', 'trial'), false)
