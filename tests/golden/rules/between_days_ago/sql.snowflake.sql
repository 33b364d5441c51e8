select
  c.id
from contacts c
where (c."LAST_SEEN_AT" >= 1774051200 and c."LAST_SEEN_AT" < 1774483200)
