select
  c.id
from contacts c
where ((c."plan" = 'trial' and (c."feature_usage" = 3) is not true) or c."vip" = true)
