select
  c.id
from contacts c
where ((c."PLAN" = 'trial' and not coalesce(c."FEATURE_USAGE" = 3, false)) or c."VIP" = true)
