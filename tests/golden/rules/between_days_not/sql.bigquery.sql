select
  c.id
from contacts c
where ((c.`trial_end_date` >= 1767225600 and c.`trial_end_date` < 1769990400)) is not true
