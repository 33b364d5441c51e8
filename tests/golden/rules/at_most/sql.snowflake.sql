select
  c.id
from contacts c
where c."SCORE" <= -1.0
