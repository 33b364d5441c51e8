select
  c.id
from (
  select
    x.*,
    case when x.`last_seen_at` is not null then unix_date(date(timestamp_seconds(cast(floor(greatest(least(x.`last_seen_at`, 253402236000), -62135530479)) as int64)), 'Europe/Dublin')) end as `day of last_seen_at`,
    case when x.`trial_end_date` is not null then unix_date(date(timestamp_seconds(cast(floor(greatest(least(x.`trial_end_date`, 253402236000), -62135530479)) as int64)), 'Europe/Dublin')) end as `day of trial_end_date`
  from contacts x
) c
where c.`day of last_seen_at` - c.`day of trial_end_date` between -2 and 0
