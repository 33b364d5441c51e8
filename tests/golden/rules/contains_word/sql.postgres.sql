select
  c.id
from contacts c
where lower(c."note") ~ '(^|[^[:alnum:]])vip($|[^[:alnum:]])'
