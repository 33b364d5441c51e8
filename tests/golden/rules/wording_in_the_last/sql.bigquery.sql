select
  c.id
from contacts c
where (c.`last_active` >= 1772064000 and c.`last_active` < 1774742400)
