//! A disk that was found, and of which pages are unreadable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::DrillError;
use super::disk;

/// Where SQLite says how large its pages are.
const PAGE_SIZE_AT: usize = 16;

/// Size of the pages of a database file, in bytes.
fn page_size(file: &[u8]) -> usize {
    let at = |n: usize| usize::from(file.get(PAGE_SIZE_AT + n).copied().unwrap_or_default());
    match at(0) << 8 | at(1) {
        1 => 65_536,
        size @ 512..=32_768 => size,
        _ => 4096,
    }
}

/// What begins a text that is looked for.
const HEAD: usize = 8;

/// Where each of these stands first in a file, in one piece. Short ones are not looked for.
pub(super) fn find_all<'b>(file: &[u8], texts: impl IntoIterator<Item = &'b [u8]>) -> Vec<Option<usize>> {
    let mut found = Vec::new();
    let mut wanted: BTreeMap<&[u8], Vec<(usize, &[u8])>> = BTreeMap::new();
    // Most places of a file are passed over by their first two bytes.
    let mut begins = vec![false; 1 << 16];
    let pair = |text: &[u8]| usize::from(text[0]) << 8 | usize::from(text[1]);
    for (n, text) in texts.into_iter().enumerate() {
        found.push(None);
        if let Some(head) = text.get(..HEAD) {
            wanted.entry(head).or_default().push((n, text));
            begins[pair(head)] = true;
        }
    }
    for (at, head) in file.windows(HEAD).enumerate() {
        if !begins[pair(head)] {
            continue;
        }
        for (n, text) in wanted.get(head).into_iter().flatten() {
            if found[*n].is_none() && file[at..].starts_with(text) {
                found[*n] = Some(at);
            }
        }
    }
    found
}

/// Makes every page of a database file unreadable that holds the beginning of one of these; answers how many pages.
fn spoil(file: &mut [u8], bodies: &[&[u8]]) -> usize {
    let size = page_size(file);
    let mut spoilt = 0;
    loop {
        let places = find_all(file, bodies.iter().copied());
        // The first page says what the file is: without it this would be another story.
        let pages: BTreeSet<usize> = places
            .into_iter()
            .flatten()
            .map(|at| at / size)
            .filter(|page| *page > 0)
            .collect();
        if pages.is_empty() {
            return spoilt;
        }
        spoilt += pages.len();
        for page in pages {
            let end = ((page + 1) * size).min(file.len());
            file[page * size..end].fill(0xde);
        }
    }
}

/// The same in what was not yet written into the file, which has other pages.
fn blank(file: &mut [u8], bodies: &[&[u8]]) -> usize {
    let mut spoilt = 0;
    loop {
        let places = find_all(file, bodies.iter().copied());
        if places.iter().all(Option::is_none) {
            return spoilt;
        }
        for (body, at) in bodies.iter().zip(places) {
            if let Some(at) = at {
                file[at..at + body.len()].fill(0xde);
                spoilt += 1;
            }
        }
    }
}

/// The files of a store.
fn files(store: &Path) -> [PathBuf; 2] {
    let mut beside = store.as_os_str().to_owned();
    beside.push("-wal");
    [store.to_owned(), beside.into()]
}

/// Spoils a store; answers how many pages can no longer be read.
///
/// # Errors
/// [`DrillError`] of the disk.
pub(super) fn spoil_store(store: &Path, bodies: &[&[u8]]) -> Result<usize, DrillError> {
    let mut spoilt = 0;
    for (n, file) in files(store).iter().enumerate().filter(|(_, file)| file.is_file()) {
        let mut bytes = disk::read(file)?;
        let here = if n == 0 {
            spoil(&mut bytes, bodies)
        } else {
            blank(&mut bytes, bodies)
        };
        if here > 0 {
            disk::write(file, &bytes)?;
        }
        spoilt += here;
    }
    Ok(spoilt)
}

/// Which of these can still be read in a store, each in one piece. A long one lies in several, and is not looked for
/// in all of them: that it is there cannot be said.
///
/// # Errors
/// [`DrillError`] of the disk.
pub(super) fn readable(store: &Path, bodies: &[&[u8]]) -> Result<Vec<bool>, DrillError> {
    let mut there = vec![false; bodies.len()];
    for file in files(store).iter().filter(|file| file.is_file()) {
        let places = find_all(&disk::read(file)?, bodies.iter().copied());
        for (there, place) in there.iter_mut().zip(places) {
            *there |= place.is_some();
        }
    }
    Ok(there)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three pages of 512 bytes.
    fn file() -> Vec<u8> {
        let mut file = vec![0_u8; 3 * 512];
        file[16] = 2;
        file[700..709].copy_from_slice(b"M. Durand");
        file[720..729].copy_from_slice(b"M. Martin");
        file[1100..1109].copy_from_slice(b"M. Petits");
        file
    }

    fn place(file: &[u8], text: &[u8]) -> Option<usize> {
        find_all(file, [text])[0]
    }

    #[test]
    fn a_page_goes_with_all_it_holds() {
        let mut file = file();
        assert_eq!(spoil(&mut file, &[b"M. Martin"]), 1);
        assert_eq!(
            place(&file, b"M. Durand"),
            None,
            "its neighbour stood on the same page"
        );
        assert_eq!(place(&file, b"M. Petits"), Some(1100));
        assert!(file[512..1024].iter().all(|byte| *byte == 0xde));
        assert_eq!(spoil(&mut file, &[b"M. Martin"]), 0, "it is gone");
    }

    #[test]
    fn the_head_of_the_file_stays() {
        let mut file = file();
        file[720..729].fill(0);
        file[40..49].copy_from_slice(b"M. Martin");
        assert_eq!(spoil(&mut file, &[b"M. Martin"]), 0);
    }

    #[test]
    fn without_pages_only_what_is_meant_goes() {
        let mut file = file();
        assert_eq!(blank(&mut file, &[b"M. Martin"]), 1);
        assert_eq!(place(&file, b"M. Martin"), None);
        assert_eq!(place(&file, b"M. Durand"), Some(700));
    }

    #[test]
    fn texts_are_found_at_the_ends_and_among_those_that_begin_alike() {
        let file = b"12345678a 12345678b";
        let texts: [&[u8]; 4] = [b"12345678b", b"12345678", b"12345678bc", b"1234567"];
        assert_eq!(
            find_all(file, texts),
            [Some(10), Some(0), None, None],
            "short ones are not looked for"
        );
    }
}
