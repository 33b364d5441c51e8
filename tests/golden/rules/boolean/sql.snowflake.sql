select
  c.id
from contacts c
where c."VIP" = true
