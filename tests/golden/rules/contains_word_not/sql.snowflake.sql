select
  c.id
from contacts c
where not coalesce(regexp_instr(lower(c."NOTE"), '(^|[^\\p{L}\\p{N}])price list($|[^\\p{L}\\p{N}])') > 0, false)
