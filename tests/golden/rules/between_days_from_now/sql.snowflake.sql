select
  c.id
from contacts c
where (c."TRIAL_END_DATE" >= 1774911600 and c."TRIAL_END_DATE" < 1775343600)
