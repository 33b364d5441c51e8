select
  c.id
from (
  select
    x.*,
    case when x."last_active" is not null then cast(to_timestamp(floor(greatest(least(x."last_active", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of last_active",
    case when x."trial_end_date" is not null then cast(to_timestamp(floor(greatest(least(x."trial_end_date", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of trial_end_date"
  from contacts x
) c
where c."day of last_active" >= c."day of trial_end_date"
