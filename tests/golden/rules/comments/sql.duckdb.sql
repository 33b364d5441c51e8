select
  c.id
from contacts c
where c."plan" = 'trial'
  and not coalesce(c."vip" = true, false)
