select
  c.id
from (
  select
    x.*,
    case when x."last_active" is not null then cast(to_timestamp(floor(greatest(least(x."last_active", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of last_active",
    case when x."signed_up_at" is not null then cast(to_timestamp(floor(greatest(least(x."signed_up_at", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of signed_up_at"
  from contacts x
) c
where c."day of last_active" - c."day of signed_up_at" between 0 and 7
