select
  c.id
from contacts c
where ends_with(lower(c."note"), 'z_')
