//! Importing a file: choose it, say what its columns are, see what it would do, confirm, see what
//! it did.

mod columns;
mod preview;
mod report;
mod upload;

pub use columns::{ColumnLine, ColumnsPage, columns_page};
pub use preview::{LineView, PreviewPage, Share, Tone, preview_page};
pub use report::{ReportPage, report_page};
pub use upload::{UploadPage, upload_page};

use crate::words::t;

/// The page that leads here.
fn under(home: &str) -> [(String, String); 1] {
    [(t("desk-import-children"), format!("{home}/enfants"))]
}
