select
  c.id
from contacts c
where c.`trial_end_date` < 1774742400
