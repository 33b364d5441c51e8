select
  c.id
from contacts c
where regexp_contains(lower(c.`note`), '(^|[^\\p{L}\\p{N}])vip($|[^\\p{L}\\p{N}])')
