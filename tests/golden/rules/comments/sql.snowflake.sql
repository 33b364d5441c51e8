select
  c.id
from contacts c
where c."PLAN" = 'trial'
  and not coalesce(c."VIP" = true, false)
