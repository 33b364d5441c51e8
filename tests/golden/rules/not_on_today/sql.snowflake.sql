select
  c.id
from contacts c
where not coalesce((c."TRIAL_END_DATE" >= 1774656000 and c."TRIAL_END_DATE" < 1774742400), false)
