select
  c.id
from contacts c
where c.`plan` = 'trial'
