//! Columns of numbers: run lengths for what repeats, so that a column that never surprises weighs
//! two bytes whatever its length. Nothing is deflated, so that nothing can inflate.
//!
//! A column is a sequence of runs. A run begins with a signed varint: `n > 0` says that the one
//! number behind it stands n times, `n < 0` that −n numbers follow. Numbers are signed varints:
//! zigzag, seven bits a byte, lowest first, at most ten bytes.

use super::super::Fault;

/// Appends a signed varint.
pub(super) fn put(out: &mut Vec<u8>, number: i64) {
    let mut rest = (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned();
    loop {
        let low = u8::try_from(rest & 0x7f).unwrap_or(0);
        rest >>= 7;
        if rest == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Packs the numbers of a column.
pub(super) fn packed(numbers: &[i64]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = numbers;
    let mut single: &[i64] = &[];
    let mut singles = numbers;
    let flush = |out: &mut Vec<u8>, single: &[i64]| {
        if !single.is_empty() {
            put(out, -length(single));
            for number in single {
                put(out, *number);
            }
        }
    };
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|number| *number == first).count();
        // Two alike among others are cheaper where they stand, unless they stand alone.
        if run > 2 || (run == rest.len() && single.is_empty()) {
            flush(&mut out, single);
            put(&mut out, length(&rest[..run]));
            put(&mut out, *first);
            rest = &rest[run..];
            singles = rest;
            single = &[];
        } else {
            rest = &rest[run..];
            single = &singles[..singles.len() - rest.len()];
        }
    }
    flush(&mut out, single);
    out
}

fn length(numbers: &[i64]) -> i64 {
    i64::try_from(numbers.len()).unwrap_or(i64::MAX)
}

/// Numbers one after the other.
pub(super) struct Numbers<'b>(&'b [u8]);

impl<'b> Numbers<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn next(&mut self) -> Result<i64, Fault> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(Fault::Damaged)?;
            self.0 = rest;
            let low = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if shift == 63 && low > 1 {
                return Err(Fault::Damaged);
            }
            number |= low << shift;
            if byte & 0x80 == 0 {
                return Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed());
            }
        }
        Err(Fault::Damaged)
    }

    pub(super) fn ended(&self) -> Result<(), Fault> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Fault::Damaged)
        }
    }
}

/// A column being read, number by number.
pub(super) struct Column<'b> {
    numbers: Numbers<'b>,
    /// How many of the run are still to come.
    left: u64,
    /// The number of the run, where it is one that repeats.
    repeated: Option<i64>,
}

impl<'b> Column<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self {
            numbers: Numbers::of(bytes),
            left: 0,
            repeated: None,
        }
    }

    pub(super) fn next(&mut self) -> Result<i64, Fault> {
        if self.left == 0 {
            let run = self.numbers.next()?;
            self.left = run.unsigned_abs();
            self.repeated = match run {
                0 => return Err(Fault::Damaged),
                1.. => Some(self.numbers.next()?),
                ..0 => None,
            };
        }
        self.left -= 1;
        match self.repeated {
            Some(number) => Ok(number),
            None => self.numbers.next(),
        }
    }

    /// A number that counts or points to something.
    pub(super) fn next_index(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.next()?).map_err(|_| Fault::Damaged)
    }

    /// That nothing is left, in the run or behind it.
    pub(super) fn ended(&self) -> Result<(), Fault> {
        if self.left == 0 {
            self.numbers.ended()
        } else {
            Err(Fault::Damaged)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], count: usize) -> Result<Vec<i64>, Fault> {
        let mut column = Column::of(bytes);
        let numbers = (0..count).map(|_| column.next()).collect();
        column.ended().and(numbers)
    }

    #[test]
    fn columns_have_these_bytes_for_ever() {
        assert_eq!(packed(&[]), []);
        assert_eq!(packed(&[0; 140]), [0x98, 0x02, 0x00]);
        assert_eq!(packed(&[5]), [0x02, 0x0a]);
        assert_eq!(packed(&[1, -1, 7, 7, 7]), [0x03, 0x02, 0x01, 0x06, 0x0e]);
        assert_eq!(packed(&[1, 1, 2]), [0x05, 0x02, 0x02, 0x04]);
        assert_eq!(
            packed(&[i64::MIN])[1..],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]
        );
    }

    #[test]
    fn a_column_that_says_too_little_or_too_much_is_damaged() {
        let bytes = packed(&[3, 3, 3, 9]);
        assert_eq!(read(&bytes, 4), Ok(vec![3, 3, 3, 9]));
        assert_eq!(read(&bytes, 3), Err(Fault::Damaged));
        assert_eq!(read(&bytes, 5), Err(Fault::Damaged));
        assert_eq!(read(&[0x00, 0x02], 1), Err(Fault::Damaged), "a run of none");
        assert_eq!(read(&[0x02], 1), Err(Fault::Damaged), "a run of nothing");
        assert_eq!(
            read(&[0xff; 11], 1),
            Err(Fault::Damaged),
            "a number without an end"
        );
    }

    proptest! {
        #[test]
        fn what_is_packed_is_read(numbers in prop::collection::vec(prop_oneof![Just(0), -3..3_i64, any::<i64>()], 0..60)) {
            let bytes = packed(&numbers);
            prop_assert_eq!(read(&bytes, numbers.len()), Ok(numbers));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40), count in 0..50_usize) {
            let _ = read(&bytes, count);
        }
    }
}
