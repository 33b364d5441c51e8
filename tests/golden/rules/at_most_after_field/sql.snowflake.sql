select
  c.id
from (
  select
    x.*,
    case when x."LAST_ACTIVE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."LAST_ACTIVE", 253402236000), -62135530479))))) end as "day of last_active",
    case when x."SIGNED_UP_AT" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."SIGNED_UP_AT", 253402236000), -62135530479))))) end as "day of signed_up_at"
  from contacts x
) c
where c."day of last_active" - c."day of signed_up_at" between 0 and 14
