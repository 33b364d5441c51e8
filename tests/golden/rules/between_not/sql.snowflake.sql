select
  c.id
from contacts c
where not coalesce(c."FEATURE_USAGE" between 3 and 7, false)
