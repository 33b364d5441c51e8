select
  c.id
from contacts c
where not coalesce(c.`feature_usage` = 3, false)
