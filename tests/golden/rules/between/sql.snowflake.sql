select
  c.id
from contacts c
where c."FEATURE_USAGE" between 3 and 7
