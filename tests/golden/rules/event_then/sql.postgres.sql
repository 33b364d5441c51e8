with event_facts as (
  select
    e.contact_id,
    min(case when e.event_key = 'sign up' then e.created_at end) as event_1,
    max(case when e.event_key = 'report_exported' then e.created_at end) as event_2
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key
    from events x
  ) e
  where e.event_key = 'sign up' or e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where ev.event_1 <= ev.event_2
