select
  c.id
from contacts c
where regexp_instr(lower(c."NOTE"), '(^|[^\\p{L}\\p{N}])vip($|[^\\p{L}\\p{N}])') > 0
