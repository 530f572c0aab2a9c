//! What anybody may read: news, menus, tariffs, règlement intérieur, legal pages, help.

mod defaults;
mod help;
mod menus;
mod news;
mod texts;
mod unopened;

pub use defaults::{Contact, default_text};
pub use help::help_page;
pub(crate) use menus::meal;
pub use menus::{Meal, MenuDay, MenuWeek, NotADish, SiteChoice, dish_line, dish_words, dishes_of, menu_page};
pub use news::{NewsArticle, NewsCard, article_page, news_page};
pub use texts::{Accept, Ruled, TextPage, text_page, text_title};
pub use unopened::unopened_page;
