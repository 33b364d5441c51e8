with event_facts as (
  select
    e.contact_id,
    count(case when e.event_key = 'report_exported' then e.`number of pages` end) as event_1,
    sum(case when e.event_key = 'report_exported' then e.`number of pages` end) as event_2
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when json_type(x.metadata['pages']) = 'number' then coalesce(safe_cast(to_json_string(x.metadata['pages']) as bignumeric), cast(sign(float64(x.metadata['pages'])) as bignumeric) * bignumeric '99999999999999999999') end as `number of pages`
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where (ev.event_2 > bignumeric '2.5' * cast(ev.event_1 as decimal(18, 0))) is not true
