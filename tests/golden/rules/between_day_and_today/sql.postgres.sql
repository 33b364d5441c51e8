select
  c.id
from contacts c
where (c."signed_up_at" >= 1767225600 and c."signed_up_at" < 1774742400)
