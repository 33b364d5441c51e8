select
  c.id
from contacts c
where ((c.`plan` = 'trial' and c.`vip` = true) or ((c.`feature_usage` > 3 and c.`note` is null)) is not true)
