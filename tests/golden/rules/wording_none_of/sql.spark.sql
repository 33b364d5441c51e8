select
  c.id
from contacts c
where (c.`plan` in ('free', 'trial')) is not true
