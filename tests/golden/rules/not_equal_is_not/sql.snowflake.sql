select
  c.id
from contacts c
where not coalesce(c."FEATURE_USAGE" = 3, false)
