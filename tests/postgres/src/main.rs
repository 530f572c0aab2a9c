//! A PostgreSQL to play with: prints an address, and is gone when stdin closes or this program ends.

use std::io::{self, Read, Write};

use test_postgres::Cluster;

fn main() -> io::Result<()> {
    let database = Cluster::shared().database();
    writeln!(io::stdout(), "{}", database.url())?;
    io::stdout().flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
