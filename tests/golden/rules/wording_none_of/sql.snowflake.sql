select
  c.id
from contacts c
where not coalesce(c."PLAN" in ('free', 'trial'), false)
