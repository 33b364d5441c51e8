select
  c.id
from contacts c
where (c.`the one ring` = 'x' or c.`größe` = 'ß')
