select
  c.id
from contacts c
where not coalesce(c."VIP" = true, false)
