select
  c.id
from contacts c
where c."LOCATION__COUNTRY" = 'Ireland'
