select
  c.id
from contacts c
where c."PLAN" = 'trial'
