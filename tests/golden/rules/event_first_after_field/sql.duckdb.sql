with event_facts as (
  select
    e.contact_id,
    min(case when e.event_key = 'report_exported' then e.day end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when x.created_at is not null then cast(to_timestamp(floor(greatest(least(x.created_at, 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as day
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from (
  select
    x.*,
    case when x."signed_up_at" is not null then cast(to_timestamp(floor(greatest(least(x."signed_up_at", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of signed_up_at"
  from contacts x
) c
left join event_facts ev on ev.contact_id = c.id
where ev.event_1 - c."day of signed_up_at" between 0 and 7
