select
  c.id
from contacts c
where c.`score` between 1.5 and 2.5
