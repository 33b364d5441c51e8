with event_facts as (
  select
    e.contact_id,
    sum(case when e.event_key = 'report_exported' and e.`day of sent` - e.`day of due` >= 4 then 1 else 0 end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when case when json_type(x.metadata['sent']) = 'number' then float64(x.metadata['sent']) end is not null then unix_date(date(timestamp_seconds(cast(floor(greatest(least(case when json_type(x.metadata['sent']) = 'number' then float64(x.metadata['sent']) end, 253402236000), -62135530479)) as int64)), 'Europe/Dublin')) end as `day of sent`,
      case when case when json_type(x.metadata['due']) = 'number' then float64(x.metadata['due']) end is not null then unix_date(date(timestamp_seconds(cast(floor(greatest(least(case when json_type(x.metadata['due']) = 'number' then float64(x.metadata['due']) end, 253402236000), -62135530479)) as int64)), 'Europe/Dublin')) end as `day of due`
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where coalesce(ev.event_1, 0) >= 2
