//! Reads a large object piece by piece; each piece is asked for by itself, so that a cut costs one.

use std::io::{self, Read};

use super::{Target, TargetError};

/// Bytes asked for at once.
const PIECE: u64 = 8 << 20;
/// A piece is asked for so often.
const TRIES: usize = 3;

/// An object of a target, to be read from its beginning. Errors are those of the target, wrapped.
pub struct TargetReader<'a> {
    target: &'a Target,
    path: String,
    bytes: u64,
    next: u64,
    piece: io::Cursor<Vec<u8>>,
}

impl<'a> TargetReader<'a> {
    pub(super) fn new(target: &'a Target, path: &str, bytes: u64) -> Self {
        Self {
            target,
            path: path.to_owned(),
            bytes,
            next: 0,
            piece: io::Cursor::default(),
        }
    }

    /// How large the object is, in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    fn fill(&mut self) -> Result<(), TargetError> {
        let count = PIECE.min(self.bytes - self.next);
        let mut tries = 0;
        let piece = loop {
            tries += 1;
            match self.target.range(&self.path, self.next, count) {
                Ok(piece) => break piece,
                Err(error @ (TargetError::Stopped | TargetError::Denied { .. })) => return Err(error),
                Err(error) if tries == TRIES => return Err(error),
                Err(_) => {}
            }
        };
        self.next += count;
        self.piece = io::Cursor::new(piece);
        Ok(())
    }
}

impl Read for TargetReader<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.piece.position() == self.piece.get_ref().len() as u64 && self.next < self.bytes {
            self.fill().map_err(io::Error::other)?;
        }
        self.piece.read(to)
    }
}
