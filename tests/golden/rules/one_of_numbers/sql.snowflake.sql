select
  c.id
from contacts c
where c."FEATURE_USAGE" in (1, 2, 3)
