with event_facts as (
  select
    e.contact_id,
    max(case when e.event_key = 'report_exported' and e.day < c."day of trial_end_date" and case when json_type(e.metadata, '/format') in ('VARCHAR') then try_cast(e.metadata ->> '/format' as varchar) end = 'pdf' then e."number of size" end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when json_type(x.metadata, '/size') in ('BIGINT', 'UBIGINT', 'DOUBLE') then coalesce(try_cast(x.metadata ->> '/size' as decimal(32, 12)), cast(sign(try_cast(x.metadata ->> '/size' as double)) as decimal(1, 0)) * 99999999999999999999.0) end as "number of size",
      case when x.created_at is not null then cast(to_timestamp(floor(greatest(least(x.created_at, 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as day
    from events x
  ) e
  left join (
    select
      x.id,
      case when x."trial_end_date" is not null then cast(to_timestamp(floor(greatest(least(x."trial_end_date", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of trial_end_date"
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
