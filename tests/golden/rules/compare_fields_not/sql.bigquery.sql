select
  c.id
from contacts c
where (c.`feature_usage` > c.`usage_limit`) is not true
