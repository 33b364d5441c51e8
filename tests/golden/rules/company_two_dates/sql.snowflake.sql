with company_facts as (
  select
    l.contact_id,
    max(case when o."day of renewal_date" - o."day of contract_start" between 0 and 30 then 1 else 0 end) as company_1
  from contact_companies l
  join (
    select
      x.*,
      case when x."RENEWAL_DATE" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."RENEWAL_DATE", 253402236000), -62135530479))))) end as "day of renewal_date",
      case when x."CONTRACT_START" is not null then datediff('day', to_date('1970-01-01'), convert_timezone('UTC', 'Europe/Dublin', to_timestamp_ntz(floor(greatest(least(x."CONTRACT_START", 253402236000), -62135530479))))) end as "day of contract_start"
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
