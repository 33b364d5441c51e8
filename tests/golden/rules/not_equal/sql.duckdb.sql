select
  c.id
from contacts c
where not coalesce(c."plan" = 'trial', false)
