select
  c.id
from contacts c
where c."SCORE" = c."USAGE_LIMIT"
