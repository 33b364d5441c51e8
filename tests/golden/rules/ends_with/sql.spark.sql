select
  c.id
from contacts c
where endswith(lower(c.`note`), 'z_')
