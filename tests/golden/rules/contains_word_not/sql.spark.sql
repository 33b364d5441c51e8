select
  c.id
from contacts c
where (lower(replace(c.`note`, 'İ', 'i')) rlike '(^|[^\\p{L}\\p{N}])price list($|[^\\p{L}\\p{N}])') is not true
