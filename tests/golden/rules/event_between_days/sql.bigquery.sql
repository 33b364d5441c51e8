with event_facts as (
  select
    e.contact_id,
    sum(case when e.event_key = 'report_exported' and (e.created_at >= 1767225600 and e.created_at < 1769990400) then 1 else 0 end) as event_1
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
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where coalesce(ev.event_1, 0) >= 1
