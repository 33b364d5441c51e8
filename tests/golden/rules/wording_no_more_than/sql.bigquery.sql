select
  c.id
from contacts c
where c.`feature_usage` <= 3
