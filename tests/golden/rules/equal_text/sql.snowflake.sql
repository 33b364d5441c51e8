select
  c.id
from contacts c
where c."NOTE" = 'it\'s a \\ "test"'
