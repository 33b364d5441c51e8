select
  c.id
from contacts c
where c."PLAN" = 'trial'
  and (c."TRIAL_END_DATE" >= 1774656000 and c."TRIAL_END_DATE" < 1774998000)
