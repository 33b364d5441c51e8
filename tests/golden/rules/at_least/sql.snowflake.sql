select
  c.id
from contacts c
where c."SCORE" >= 2.5
