select
  c.id
from contacts c
where c."note" = 'it''s a \ "test"'
