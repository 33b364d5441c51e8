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
      case when x.created_at is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.created_at, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as day
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
    case when x.`last_active` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`last_active`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of last_active`,
    case when x.`trial_end_date` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`trial_end_date`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of trial_end_date`
  from contacts x
) c
left join event_facts ev on ev.contact_id = c.id
where (c.`feature_usage` between 3 and 7 or lower(replace(c.`note`, 'İ', 'i')) rlike '(^|[^\\p{L}\\p{N}])vip($|[^\\p{L}\\p{N}])')
  and ((c.`trial_end_date` < 1774656000 or c.`day of last_active` < c.`day of trial_end_date`)) is not true
  and c.`plan` = 'trial'
  and coalesce(ev.event_1, 0) >= 2
