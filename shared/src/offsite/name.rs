//! Names of objects. They sort as what they name does: by number, then by time.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use data_encoding::HEXLOWER;
use uuid::Uuid;

use crate::codec::Hash32;
use crate::ids::BranchId;
use crate::receipt::Position;
use crate::slug::Slug;
use crate::time::UtcMs;

/// Digits of an entry's number.
const SEQ_DIGITS: usize = 12;
const MADE_AT: &str = "%Y%m%dT%H%M%SZ";

/// What an object's name says. It is a hint: what is inside counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A segment.
    Segment {
        /// The branch of its entries.
        branch: BranchId,
        /// Number of the first.
        first: u64,
        /// Number of the last.
        last: u64,
        /// How the last one's hash begins.
        hash: [u8; 8],
    },
    /// A snapshot.
    Snapshot {
        /// Number of the newest entry in it.
        seq: u64,
        /// How the id of the branch begins that was current.
        branch: [u8; 8],
        /// When it was made, to the second.
        made_at: UtcMs,
    },
    /// A set of withdrawals.
    Withdrawals {
        /// How its digest begins.
        digest: [u8; 16],
    },
    /// The signed list of addresses.
    Addresses,
    /// What is printed for a site and day.
    List {
        /// The site's short name.
        site: Slug,
        /// The day.
        date: NaiveDate,
        /// The newer of two has the higher number.
        seq: u64,
    },
    /// What everybody may read, as a page.
    Page,
    /// The same as an Atom feed.
    Feed,
}

/// Where a commune's segments stand.
pub fn journal(commune: &Slug) -> String {
    format!("{commune}/journal")
}

/// Where the segments of one branch stand.
pub fn branch_journal(commune: &Slug, branch: BranchId) -> String {
    format!("{commune}/journal/{branch}")
}

/// Where a commune's snapshots stand.
pub fn snapshots(commune: &Slug) -> String {
    format!("{commune}/snapshots")
}

/// Where a commune's sets of withdrawals stand.
pub fn withdrawals(commune: &Slug) -> String {
    format!("{commune}/withdrawals")
}

/// Where a commune's addresses stand.
pub fn addresses(commune: &Slug) -> String {
    format!("{commune}/addresses")
}

/// Where a commune's printable lists stand.
pub fn lists(commune: &Slug) -> String {
    format!("{commune}/lists")
}

/// Where those of one day stand.
pub fn lists_of(commune: &Slug, date: NaiveDate) -> String {
    format!("{commune}/lists/{date}")
}

fn start<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut short = [0; N];
    for (to, from) in short.iter_mut().zip(bytes) {
        *to = *from;
    }
    short
}

impl Name {
    /// Of a segment whose first entry has this number.
    pub fn segment(first: u64, last: &Position) -> Self {
        Self::Segment {
            branch: last.branch,
            first,
            last: last.seq,
            hash: start(&last.hash.0),
        }
    }

    /// Of a snapshot.
    pub fn snapshot(at: &Position, made_at: UtcMs) -> Self {
        Self::Snapshot {
            seq: at.seq,
            branch: start(at.branch.as_bytes()),
            made_at: UtcMs(made_at.0.div_euclid(1000) * 1000),
        }
    }

    /// Of a set of withdrawals with this digest.
    pub fn withdrawals(digest: &Hash32) -> Self {
        Self::Withdrawals {
            digest: start(&digest.0),
        }
    }

    /// Whether it may name a segment that ends so, or a snapshot of it.
    pub fn may_be_at(&self, at: &Position) -> bool {
        match *self {
            Self::Segment {
                branch, last, hash, ..
            } => branch == at.branch && last == at.seq && hash == start::<8>(&at.hash.0),
            Self::Snapshot { seq, branch, .. } => seq == at.seq && branch == start::<8>(at.branch.as_bytes()),
            Self::Withdrawals { .. } | Self::Addresses | Self::List { .. } | Self::Page | Self::Feed => false,
        }
    }

    /// Where it stands under the target.
    pub fn path(&self, commune: &Slug) -> String {
        match self {
            Self::Segment {
                branch,
                first,
                last,
                hash,
            } => format!(
                "{}/{first:0SEQ_DIGITS$}-{last:0SEQ_DIGITS$}-{}.segment",
                branch_journal(commune, *branch),
                HEXLOWER.encode(hash)
            ),
            Self::Snapshot { seq, branch, made_at } => format!(
                "{}/{seq:0SEQ_DIGITS$}-{}-{}.snapshot",
                snapshots(commune),
                HEXLOWER.encode(branch),
                made_at.utc().format(MADE_AT)
            ),
            Self::Withdrawals { digest } => {
                format!("{}/{}.withdrawals", withdrawals(commune), HEXLOWER.encode(digest))
            }
            Self::Addresses => addresses(commune),
            Self::List { site, date, seq } => {
                format!("{}/{site}-{seq:0SEQ_DIGITS$}.list", lists_of(commune, *date))
            }
            Self::Page => format!("{commune}/public/index.html"),
            Self::Feed => format!("{commune}/public/feed.atom"),
        }
    }

    /// Reads where an object stands; `None` for anything that no program of ours writes there.
    pub fn parse(path: &str) -> Option<(Slug, Self)> {
        let (commune, rest) = path.split_once('/')?;
        let commune: Slug = commune.parse().ok()?;
        let parts: Vec<&str> = rest.split('/').collect();
        let name = match parts[..] {
            ["addresses"] => Self::Addresses,
            ["public", "index.html"] => Self::Page,
            ["public", "feed.atom"] => Self::Feed,
            ["lists", date, file] => {
                let (site, seq) = file.strip_suffix(".list")?.rsplit_once('-')?;
                Self::List {
                    site: site.parse().ok()?,
                    date: date.parse().ok()?,
                    seq: seq.parse().ok()?,
                }
            }
            ["withdrawals", file] => Self::Withdrawals {
                digest: bytes(file.strip_suffix(".withdrawals")?)?,
            },
            ["snapshots", file] => {
                let mut parts = file.strip_suffix(".snapshot")?.splitn(3, '-');
                Self::Snapshot {
                    seq: parts.next()?.parse().ok()?,
                    branch: bytes(parts.next()?)?,
                    made_at: made_at(parts.next()?)?,
                }
            }
            ["journal", branch, file] => {
                let mut parts = file.strip_suffix(".segment")?.splitn(3, '-');
                Self::Segment {
                    branch: BranchId(Uuid::parse_str(branch).ok()?),
                    first: parts.next()?.parse().ok()?,
                    last: parts.next()?.parse().ok()?,
                    hash: bytes(parts.next()?)?,
                }
            }
            _ => return None,
        };
        // One name each: other capitals, signs or numbers of digits were not written by us.
        (name.path(&commune) == path).then_some((commune, name))
    }
}

fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()
}

fn made_at(text: &str) -> Option<UtcMs> {
    let at = NaiveDateTime::parse_from_str(text, MADE_AT).ok()?;
    // A leap second cannot be written.
    (at.nanosecond() == 0).then(|| UtcMs(at.and_utc().timestamp_millis()))
}
