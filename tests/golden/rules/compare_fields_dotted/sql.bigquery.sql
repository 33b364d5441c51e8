with company_facts as (
  select
    l.contact_id,
    max(case when o.`seats` > o.`seats_paid` then 1 else 0 end) as company_1
  from contact_companies l
  join companies o on o.id = l.company_id
  where o.`seats` > o.`seats_paid`
  group by l.contact_id
)
select
  c.id
from contacts c
left join company_facts co on co.contact_id = c.id
where co.company_1 = 1
