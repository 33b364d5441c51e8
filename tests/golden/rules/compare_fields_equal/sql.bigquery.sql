select
  c.id
from contacts c
where c.`score` = c.`usage_limit`
