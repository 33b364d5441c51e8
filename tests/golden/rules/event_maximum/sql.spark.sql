with event_facts as (
  select
    e.contact_id,
    max(case when e.event_key = 'report_exported' and e.day < c.`day of trial_end_date` and case when schema_of_variant(variant_get(e.metadata, '$[\'format\']')) = 'STRING' then try_variant_get(e.metadata, '$[\'format\']', 'string') end = 'pdf' then e.`number of size` end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when schema_of_variant(variant_get(x.metadata, '$[\'size\']')) rlike '^(BIGINT|DECIMAL|DOUBLE)' then coalesce(try_variant_get(x.metadata, '$[\'size\']', 'decimal(32, 12)'), cast(sign(try_variant_get(x.metadata, '$[\'size\']', 'double')) as decimal(1, 0)) * 99999999999999999999.0) end as `number of size`,
      case when x.created_at is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.created_at, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as day
    from events x
  ) e
  left join (
    select
      x.id,
      case when x.`trial_end_date` is not null then floor(unix_seconds(from_utc_timestamp(timestamp_seconds(floor(greatest(least(x.`trial_end_date`, 253402236000), -62135530479))), 'Europe/Dublin')) / 86400) end as `day of trial_end_date`
    from contacts x
  ) c on c.id = e.contact_id
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where ev.event_1 <= 0.5
