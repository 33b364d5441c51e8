with event_facts as (
  select
    e.contact_id,
    sum(case when e.event_key = 'report_exported' and e.day - c.`day of signed_up_at` between 0 and 7 then 1 else 0 end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when x.created_at is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.created_at, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as day
    from events x
  ) e
  left join (
    select
      x.id,
      case when x.`signed_up_at` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`signed_up_at`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of signed_up_at`
    from contacts x
  ) c on c.id = e.contact_id
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where coalesce(ev.event_1, 0) < 2
