select
  c.id
from contacts c
where (c."last_seen_at" >= 1774051200 and c."last_seen_at" < 1774483200)
