select
  c.id
from contacts c
where c."FEATURE_USAGE" <= 3
