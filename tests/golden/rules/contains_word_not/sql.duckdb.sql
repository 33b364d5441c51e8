select
  c.id
from contacts c
where (regexp_matches(lower(c."note"), '(^|[^\p{L}\p{N}])price list($|[^\p{L}\p{N}])')) is not true
