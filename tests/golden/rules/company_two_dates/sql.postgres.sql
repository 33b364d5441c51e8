with company_facts as (
  select
    l.contact_id,
    max(case when o."day of renewal_date" - o."day of contract_start" between 0 and 30 then 1 else 0 end) as company_1
  from contact_companies l
  join (
    select
      x.*,
      case when x."renewal_date" is not null then cast(to_timestamp(floor(greatest(least(x."renewal_date", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of renewal_date",
      case when x."contract_start" is not null then cast(to_timestamp(floor(greatest(least(x."contract_start", 253402236000), -62135530479))) at time zone 'Europe/Dublin' as date) - date '1970-01-01' end as "day of contract_start"
    from companies x
  ) o on o.id = l.company_id
  where o."day of renewal_date" - o."day of contract_start" between 0 and 30
  group by l.contact_id
)
select
  c.id
from contacts c
left join company_facts co on co.contact_id = c.id
where co.company_1 = 1
