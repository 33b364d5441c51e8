select
  c.id
from contacts c
where c."ROLE" = 'user'
