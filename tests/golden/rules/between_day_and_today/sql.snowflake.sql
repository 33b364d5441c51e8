select
  c.id
from contacts c
where (c."SIGNED_UP_AT" >= 1767225600 and c."SIGNED_UP_AT" < 1774742400)
