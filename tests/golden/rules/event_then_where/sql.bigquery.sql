with event_facts as (
  select
    e.contact_id,
    max(case when e.event_key = 'report_exported' and case when json_type(e.metadata['pages']) = 'number' then float64(e.metadata['pages']) end > 3 and e.day - e.earlier_1 <= 1 then 1 else 0 end) as event_1
  from (
    select
      e.*,
      max(case when e.event_key = 'report_exported' and case when json_type(e.metadata['format']) = 'string' then string(e.metadata['format']) end = 'pdf' then e.day end) over (partition by e.contact_id order by e.created_at range between unbounded preceding and current row) as earlier_1
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
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where ev.event_1 = 1
