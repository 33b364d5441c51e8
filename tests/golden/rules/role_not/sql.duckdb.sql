select
  c.id
from contacts c
where (c."role" = 'lead') is not true
