select
  c.id
from contacts c
where (c."SIGNED_UP_AT" >= 1774569600 and c."SIGNED_UP_AT" < 1774656000)
