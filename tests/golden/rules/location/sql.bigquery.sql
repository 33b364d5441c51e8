select
  c.id
from contacts c
where c.`location__country` = 'Ireland'
