select
  c.id
from contacts c
where strpos(lower(c."note"), 'straße') > 0
