select
  c.id
from contacts c
where c."vip" = true
