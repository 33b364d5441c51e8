with event_facts as (
  select
    e.contact_id,
    max(case when e.event_key = 'report_exported' and e.day < c."day of trial_end_date" and as_varchar(e.metadata['format']) = 'pdf' then e."number of size" end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when as_double(x.metadata['size']) is not null then coalesce(try_to_decimal(to_varchar(x.metadata['size']), 32, 12), cast(sign(as_double(x.metadata['size'])) as decimal(1, 0)) * 99999999999999999999.0) end as "number of size",
      case when x.created_at is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x.created_at, 253402236000), -62135530479))))) end as day
    from events x
  ) e
  left join (
    select
      x.id,
      case when x."TRIAL_END_DATE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."TRIAL_END_DATE", 253402236000), -62135530479))))) end as "day of trial_end_date"
    from contacts x
  ) c on c.id = e.contact_id
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where ev.event_1 <= 0.5
