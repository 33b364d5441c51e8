select
  c.id
from contacts c
where c.`note` is null
