//! Worlds for tests: a town's server, its tablets and the line between them, each a real process
//! or a real socket. What a story needs to say stands in the story; how it is done stands here.

pub mod balancer;
pub mod clock;
pub mod device;
pub mod dice;
pub mod netns;
pub mod object_store;
pub mod programs;
pub mod proxy;
pub mod record;
pub mod rows;
pub mod screen;
pub mod server;
pub mod simulation;
pub mod smtp_sink;
pub mod tablet;
pub mod town;
pub mod webdriver;

pub use balancer::Balancer;
pub use dice::Dice;
pub use object_store::ObjectStore;
pub use programs::Said;
pub use proxy::{Proxy, Trouble};
pub use screen::Screen;
pub use server::Server;
pub use smtp_sink::{Mail, SmtpSink};
pub use tablet::Tablet;
pub use town::Town;
pub use webdriver::Browser;
