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
      case when x.created_at is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x.created_at, 253402236000), -62135530479))))) end as day
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
    case when x."LAST_ACTIVE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."LAST_ACTIVE", 253402236000), -62135530479))))) end as "day of last_active",
    case when x."TRIAL_END_DATE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."TRIAL_END_DATE", 253402236000), -62135530479))))) end as "day of trial_end_date"
  from contacts x
) c
left join event_facts ev on ev.contact_id = c.id
where (c."FEATURE_USAGE" between 3 and 7 or regexp_instr(lower(c."NOTE"), '(^|[^\\p{L}\\p{N}])vip($|[^\\p{L}\\p{N}])') > 0)
  and not coalesce((c."TRIAL_END_DATE" < 1774656000 or c."day of last_active" < c."day of trial_end_date"), false)
  and c."PLAN" = 'trial'
  and coalesce(ev.event_1, 0) >= 2
