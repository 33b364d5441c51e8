select
  c.id
from contacts c
where lower(replace(c.`note`, 'İ', 'i')) rlike '(^|[^\\p{L}\\p{N}])vip($|[^\\p{L}\\p{N}])'
