select
  c.id
from contacts c
where (c."signed_up_at" >= 1774569600 and c."signed_up_at" < 1774656000)
