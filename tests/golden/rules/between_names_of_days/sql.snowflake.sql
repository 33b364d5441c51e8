select
  c.id
from contacts c
where (c."TRIAL_END_DATE" >= 1774569600 and c."TRIAL_END_DATE" < 1774825200)
