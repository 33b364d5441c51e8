select
  c.id
from contacts c
where (c."LAST_SEEN_AT" >= 1774656000 and c."LAST_SEEN_AT" < 1774742400)
