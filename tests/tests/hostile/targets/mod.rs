//! One function for each decoder: any bytes go in, and its law holds or it panics.

mod files;
pub(crate) use files::workbook;
mod frames;
mod offsite;
mod payloads;
mod signed;

use crate::mutate::Kind;

/// A decoder under attack.
pub(crate) struct Target {
    /// Its name: a folder of the corpus.
    pub(crate) name: &'static str,
    /// What its input is made of.
    pub(crate) kind: Kind,
    /// Sound inputs.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Takes any bytes; panics where the law does not hold.
    pub(crate) run: fn(&[u8]),
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    frames::SIGNED,
    frames::REQUEST,
    frames::RESPONSE,
    frames::ENROLMENT,
    frames::DAY_LIST,
    payloads::PAYLOAD,
    payloads::MARK,
    payloads::NOTE,
    signed::RECEIPT,
    signed::CREDENTIAL,
    signed::WITHDRAWAL,
    signed::ADDRESSES,
    signed::ENVELOPE,
    files::DEFLATED,
    files::SNAPSHOT_HEAD,
    files::SNAPSHOT_PART,
    files::SNAPSHOT_STREAM,
    files::TABLE,
    offsite::OFFSITE_OBJECT,
    offsite::OFFSITE_SEGMENT,
    offsite::OFFSITE_NAME,
];
