select
  c.id
from contacts c
where not coalesce(c."vip" = true, false)
