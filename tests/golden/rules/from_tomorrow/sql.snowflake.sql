select
  c.id
from contacts c
where c."TRIAL_END_DATE" >= 1774742400
