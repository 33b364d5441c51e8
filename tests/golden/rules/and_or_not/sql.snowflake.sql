select
  c.id
from contacts c
where ((c."PLAN" = 'trial' and c."VIP" = true) or not coalesce((c."FEATURE_USAGE" > 3 and c."NOTE" is null), false))
