with event_facts as (
  select
    e.contact_id,
    count(distinct case when e.event_key = 'report_exported' and (e.created_at >= 1772064000 and e.created_at < 1774742400) then e.day end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when x.created_at is not null then unix_date(date(timestamp_seconds(cast(floor(greatest(least(x.created_at, 253402236000), -62135530479)) as int64)), 'Europe/Dublin')) end as day
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where coalesce(ev.event_1, 0) < 2
