select
  c.id
from contacts c
where (c.`last_active` < 1773446400 or (c.`last_active` >= 1774051200 and c.`last_active` < 1774742400))
