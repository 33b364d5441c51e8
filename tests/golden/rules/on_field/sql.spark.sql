select
  c.id
from (
  select
    x.*,
    case when x.`last_active` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`last_active`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of last_active`,
    case when x.`signed_up_at` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`signed_up_at`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of signed_up_at`
  from contacts x
) c
where c.`day of last_active` = c.`day of signed_up_at`
