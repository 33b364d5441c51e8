select
  c.id
from contacts c
where (starts_with(lower(c.`note`), 'a%')) is not true
