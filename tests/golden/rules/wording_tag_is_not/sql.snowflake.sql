with tag_facts as (
  select
    x.contact_id,
    max(case when x.tag = 'vip' then 1 else 0 end) as tag_1
  from contact_tags x
  where x.tag = 'vip'
  group by x.contact_id
)
select
  c.id
from contacts c
left join tag_facts t on t.contact_id = c.id
where not coalesce(t.tag_1 = 1, false)
