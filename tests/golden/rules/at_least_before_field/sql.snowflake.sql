select
  c.id
from (
  select
    x.*,
    case when x."LAST_ACTIVE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."LAST_ACTIVE", 253402236000), -62135530479))))) end as "day of last_active",
    case when x."TRIAL_END_DATE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."TRIAL_END_DATE", 253402236000), -62135530479))))) end as "day of trial_end_date"
  from contacts x
) c
where c."day of last_active" - c."day of trial_end_date" <= -14
