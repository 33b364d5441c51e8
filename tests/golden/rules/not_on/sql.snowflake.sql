select
  c.id
from contacts c
where not coalesce((c."TRIAL_END_DATE" >= 1769817600 and c."TRIAL_END_DATE" < 1769904000), false)
