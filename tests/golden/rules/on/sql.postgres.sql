select
  c.id
from contacts c
where (c."trial_end_date" >= 1769817600 and c."trial_end_date" < 1769904000)
