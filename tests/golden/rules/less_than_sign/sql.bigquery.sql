select
  c.id
from contacts c
where c.`score` < 2.5
