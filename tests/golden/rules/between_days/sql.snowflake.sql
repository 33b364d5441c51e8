select
  c.id
from contacts c
where (c."TRIAL_END_DATE" >= 1767225600 and c."TRIAL_END_DATE" < 1769990400)
