select guardian, max(issued_at) from guardian_link
where purpose = 'activate' and used_at is null and voided_at is null
group by guardian
