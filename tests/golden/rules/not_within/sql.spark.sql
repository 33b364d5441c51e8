select
  c.id
from contacts c
where not coalesce((c.`trial_end_date` >= 1774656000 and c.`trial_end_date` < 1774998000), false)
