//! A server that speaks S3 as a process of its own, for stories in which it is cut off or killed. It says where it
//! listens, and ends when nobody holds its stdin any more.

use std::io::Read;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use system_tests::object_store::ObjectStore;

#[expect(clippy::print_stdout, reason = "a program for a terminal")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, address] = &words[..] else {
        return ExitCode::from(64);
    };
    let Ok(address) = address.parse::<SocketAddr>() else {
        return ExitCode::from(64);
    };
    let store = ObjectStore::start_on(&PathBuf::from(folder), address);
    let [(_, endpoint), ..] = store.environment();
    println!("{{\"endpoint\":\"{endpoint}\"}}");
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
    drop(store);
    ExitCode::SUCCESS
}
