select
  c.id
from contacts c
where (c."LAST_ACTIVE" >= 1772064000 and c."LAST_ACTIVE" < 1774742400)
