select
  c.id
from contacts c
where c.`feature_usage` between 3 and 7
