select
  c.id
from contacts c
where startswith(lower(c."NOTE"), 'a%')
