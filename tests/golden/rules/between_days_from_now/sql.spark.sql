select
  c.id
from contacts c
where (c.`trial_end_date` >= 1774911600 and c.`trial_end_date` < 1775343600)
