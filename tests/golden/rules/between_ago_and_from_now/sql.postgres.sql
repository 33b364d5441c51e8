select
  c.id
from contacts c
where (c."trial_end_date" >= 1774051200 and c."trial_end_date" < 1774998000)
