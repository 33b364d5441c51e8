select
  c.id
from contacts c
where c."role" = 'user'
