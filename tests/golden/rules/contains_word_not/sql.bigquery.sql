select
  c.id
from contacts c
where (regexp_contains(lower(c.`note`), '(^|[^\\p{L}\\p{N}])price list($|[^\\p{L}\\p{N}])')) is not true
