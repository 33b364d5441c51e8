select
  c.id
from contacts c
where ((c."trial_end_date" >= 1774656000 and c."trial_end_date" < 1774742400)) is not true
