select
  c.id
from (
  select
    x.*,
    case when x.`last_seen_at` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`last_seen_at`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of last_seen_at`,
    case when x.`trial_end_date` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`trial_end_date`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of trial_end_date`
  from contacts x
) c
where c.`day of last_seen_at` - c.`day of trial_end_date` >= 4
