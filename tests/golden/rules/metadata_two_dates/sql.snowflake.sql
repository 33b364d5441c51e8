with event_facts as (
  select
    e.contact_id,
    sum(case when e.event_key = 'report_exported' and e."day of sent" - e."day of due" >= 4 then 1 else 0 end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when as_double(x.metadata['sent']) is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(as_double(x.metadata['sent']), 253402236000), -62135530479))))) end as "day of sent",
      case when as_double(x.metadata['due']) is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(as_double(x.metadata['due']), 253402236000), -62135530479))))) end as "day of due"
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
