select
  c.id
from contacts c
where not coalesce(c."FEATURE_USAGE" = c."USAGE_LIMIT", false)
