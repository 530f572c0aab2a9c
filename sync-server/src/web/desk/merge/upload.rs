//! A file that is sent: straight to the disk, and away once it is merged or left.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::Flaw;
use server_ui::desk::merge::merge_page;

use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::open::Came;
use super::{run, show};
use crate::clock::random;
use crate::merge::runs;

/// Largest file, in gigabytes.
pub(super) const MOST_GB: u64 = 2;
/// The same in bytes.
pub(super) const MOST: usize = (MOST_GB as usize) << 30;
/// Written to the disk at once, in bytes.
const AT_ONCE: usize = 1 << 20;
/// Longest name of a file that is shown.
const NAME_CHARS: usize = 120;

/// What came of an upload.
enum Sent {
    File(Kept, String),
    Missing,
    TooLarge,
    Unwritable(io::Error),
    /// The form was not one of this session's pages.
    Strange,
}

/// A file that goes unless it is handed on.
struct Kept {
    path: PathBuf,
    handed_on: bool,
}

impl Drop for Kept {
    fn drop(&mut self) {
        if !self.handed_on {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn make(folder: &Path) -> io::Result<(Kept, File)> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let name = data_encoding::HEXLOWER.encode(&random::<12>());
    let path = folder.join(format!("{name}.envoi"));
    let file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    let kept = Kept {
        path,
        handed_on: false,
    };
    runs::sweep(&kept.path);
    Ok((kept, file))
}

async fn write(mut file: File, bytes: Vec<u8>) -> io::Result<File> {
    let done = tokio::task::spawn_blocking(move || file.write_all(&bytes).map(|()| file));
    done.await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

async fn read(desk: &Desk, mut parts: Multipart) -> Result<Sent, MultipartError> {
    let mut token = String::new();
    while let Some(mut part) = parts.next_field().await? {
        match part.name() {
            Some("jeton") => {
                while let Some(chunk) = part.chunk().await? {
                    if token.len() + chunk.len() <= 256 {
                        token.push_str(&String::from_utf8_lossy(&chunk));
                    }
                }
            }
            Some("fichier") => {
                // The token stands first in our own pages: nobody else's bytes reach the disk.
                if desk.check_form(&token).is_err() {
                    return Ok(Sent::Strange);
                }
                let name: String = part.file_name().unwrap_or_default().to_owned();
                let name: String = name
                    .chars()
                    .filter(|c| !c.is_control())
                    .take(NAME_CHARS)
                    .collect();
                let folder = runs::place(&desk.visit.app.host);
                let (kept, mut file) = match make(&folder) {
                    Ok(made) => made,
                    Err(error) => return Ok(Sent::Unwritable(error)),
                };
                let (mut waiting, mut bytes) = (Vec::with_capacity(AT_ONCE), 0_usize);
                while let Some(chunk) = part.chunk().await? {
                    bytes += chunk.len();
                    if bytes > MOST {
                        return Ok(Sent::TooLarge);
                    }
                    waiting.extend_from_slice(&chunk);
                    if waiting.len() >= AT_ONCE {
                        file = match write(file, std::mem::take(&mut waiting)).await {
                            Ok(file) => file,
                            Err(error) => return Ok(Sent::Unwritable(error)),
                        };
                    }
                }
                if let Err(error) = write(file, waiting).await {
                    return Ok(Sent::Unwritable(error));
                }
                return Ok(if bytes == 0 && name.is_empty() {
                    Sent::Missing
                } else {
                    Sent::File(kept, name)
                });
            }
            _ => {}
        }
    }
    Ok(Sent::Missing)
}

pub(super) async fn take(
    desk: Desk,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, DeskError> {
    desk.require(Right::Recover)?;
    let Ok(parts) = parts else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let sent = match read(&desk, parts).await {
        Ok(sent) => sent,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Sent::TooLarge,
        Err(_) => return Err(desk.said(Notice::FormUnreadable)),
    };
    let (status, flaw) = match sent {
        Sent::File(mut kept, name) => {
            kept.handed_on = true;
            let from = kept.path.display().to_string();
            return Ok(run::start(&desk, from, Some((kept.path.clone(), name))));
        }
        Sent::Strange => return Err(desk.said(Notice::FormRefused)),
        Sent::Missing => (StatusCode::UNPROCESSABLE_ENTITY, "merge-file-missing"),
        Sent::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "merge-file-too-large"),
        Sent::Unwritable(error) => {
            tracing::error!(%error, "a file that was sent cannot be kept");
            (StatusCode::UNPROCESSABLE_ENTITY, "merge-file-unwritable")
        }
    };
    let mut view = show::load(&desk, Came::default()).await?;
    view.upload.flaw("fichier", Flaw::Said(flaw));
    Ok(page(status, merge_page(&view)))
}
