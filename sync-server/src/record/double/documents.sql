insert into child_document (child, kind, valid_until)
select c.id, d.kind, d.valid_until from child_document d join child c on c.id = ?1 where d.child = ?2
on conflict (child, kind) do nothing
