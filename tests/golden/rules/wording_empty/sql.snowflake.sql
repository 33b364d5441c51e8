select
  c.id
from contacts c
where c."NOTE" is null
