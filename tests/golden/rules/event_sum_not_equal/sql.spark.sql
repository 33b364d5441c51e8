with event_facts as (
  select
    e.contact_id,
    sum(case when e.event_key = 'report_exported' then e.`number of pages` end) as event_1
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when schema_of_variant(variant_get(x.metadata, '$[\'pages\']')) rlike '^(BIGINT|DECIMAL|DOUBLE)' then coalesce(try_variant_get(x.metadata, '$[\'pages\']', 'decimal(32, 12)'), cast(sign(try_variant_get(x.metadata, '$[\'pages\']', 'double')) as decimal(1, 0)) * 99999999999999999999.0) end as `number of pages`
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where (coalesce(ev.event_1, 0) = 10) is not true
