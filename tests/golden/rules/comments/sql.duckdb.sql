select
  c.id
from contacts c
where c."plan" = 'trial'
  and (c."vip" = true) is not true
