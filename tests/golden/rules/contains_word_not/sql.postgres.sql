select
  c.id
from contacts c
where (lower(c."note") ~ '(^|[^[:alnum:]])price list($|[^[:alnum:]])') is not true
