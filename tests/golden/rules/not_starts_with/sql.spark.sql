select
  c.id
from contacts c
where (startswith(lower(c.`note`), 'a%')) is not true
