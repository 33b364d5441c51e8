select
  c.id
from contacts c
where c."feature_usage" in (1, 2, 3)
