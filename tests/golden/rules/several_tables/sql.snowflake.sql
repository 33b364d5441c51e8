with company_tag_facts as (
  select
    x.company_id,
    max(case when x.tag = 'lost' then 1 else 0 end) as tag_1
  from company_tags x
  where x.tag = 'lost'
  group by x.company_id
),
company_facts as (
  select
    l.contact_id,
    max(case when o."TIER" = 'gold' then 1 else 0 end) as company_1,
    max(case when ct.tag_1 = 1 then 1 else 0 end) as company_2
  from contact_companies l
  join companies o on o.id = l.company_id
  left join company_tag_facts ct on ct.company_id = o.id
  where o."TIER" = 'gold' or ct.tag_1 = 1
  group by l.contact_id
),
event_facts as (
  select
    e.contact_id,
    sum(case when e.event_key = 'report_exported' then 1 else 0 end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
),
tag_facts as (
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
left join company_facts co on co.contact_id = c.id
left join event_facts ev on ev.contact_id = c.id
left join tag_facts t on t.contact_id = c.id
where co.company_1 = 1
  and coalesce(ev.event_1, 0) >= 1
  and t.tag_1 = 1
  and not coalesce(co.company_2 = 1, false)
