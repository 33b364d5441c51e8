select
  c.id
from contacts c
where (c."LAST_ACTIVE" < 1773446400 or (c."LAST_ACTIVE" >= 1774051200 and c."LAST_ACTIVE" < 1774742400))
