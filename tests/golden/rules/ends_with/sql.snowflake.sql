select
  c.id
from contacts c
where endswith(lower(c."NOTE"), 'z_')
