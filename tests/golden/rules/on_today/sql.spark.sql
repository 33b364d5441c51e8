select
  c.id
from contacts c
where (c.`last_seen_at` >= 1774656000 and c.`last_seen_at` < 1774742400)
