select
  c.id
from contacts c
where (c.`trial_end_date` >= 1774569600 and c.`trial_end_date` < 1774825200)
