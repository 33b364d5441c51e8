with company_tag_facts as (
  select
    x.company_id,
    max(case when x.tag = 'vip' then 1 else 0 end) as tag_1
  from company_tags x
  where x.tag = 'vip'
  group by x.company_id
),
company_facts as (
  select
    l.contact_id,
    max(case when (ct.tag_1 = 1 and o.`seats` > 5) then 1 else 0 end) as company_1
  from contact_companies l
  join companies o on o.id = l.company_id
  left join company_tag_facts ct on ct.company_id = o.id
  where (ct.tag_1 = 1 and o.`seats` > 5)
  group by l.contact_id
)
select
  c.id
from contacts c
left join company_facts co on co.contact_id = c.id
where co.company_1 = 1
