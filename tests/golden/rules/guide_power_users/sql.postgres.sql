select
  c.id
from contacts c
where c."feature_usage" > 50
  and c."plan" = 'free'
