select b.id, c.fork_seq from branch b left join branch c on c.parent = b.id order by b.born_at, b.id
