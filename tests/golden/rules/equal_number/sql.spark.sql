select
  c.id
from contacts c
where c.`score` = 1.5
