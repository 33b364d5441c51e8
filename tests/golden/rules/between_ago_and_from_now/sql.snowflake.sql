select
  c.id
from contacts c
where (c."TRIAL_END_DATE" >= 1774051200 and c."TRIAL_END_DATE" < 1774998000)
