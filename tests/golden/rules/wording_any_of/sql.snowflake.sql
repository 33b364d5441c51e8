select
  c.id
from contacts c
where c."PLAN" in ('free', 'trial')
