with event_facts as (
  select
    e.contact_id,
    count(case when e.event_key = 'report_exported' then e."number of pages" end) as event_1,
    sum(case when e.event_key = 'report_exported' then e."number of pages" end) as event_2
  from (
    select
      x.contact_id,
      x.created_at,
      x.metadata,
      replace(replace(lower(x.event_name), '.', '-'), '$', '-') as event_key,
      case when json_type(x.metadata, '/pages') in ('BIGINT', 'UBIGINT', 'DOUBLE') then coalesce(try_cast(x.metadata ->> '/pages' as decimal(32, 12)), cast(sign(try_cast(x.metadata ->> '/pages' as double)) as decimal(1, 0)) * 99999999999999999999.0) end as "number of pages"
    from events x
  ) e
  where e.event_key = 'report_exported'
  group by e.contact_id
)
select
  c.id
from contacts c
left join event_facts ev on ev.contact_id = c.id
where (ev.event_2 > 2.5 * cast(ev.event_1 as decimal(18, 0))) is not true
