select
  c.id
from contacts c
where contains(lower(c.`note`), 'straße')
