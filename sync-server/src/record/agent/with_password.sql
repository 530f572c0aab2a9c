select id from agent where phc is not null
