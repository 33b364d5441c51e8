select
  c.id
from contacts c
where right(lower(c."note"), 2) = 'z_'
