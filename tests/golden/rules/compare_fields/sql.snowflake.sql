select
  c.id
from contacts c
where c."FEATURE_USAGE" >= c."USAGE_LIMIT"
