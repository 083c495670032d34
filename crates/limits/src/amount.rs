//! Amounts as people write them: `500kB`, `16MiB`, `10000`.

/// Units of size, the longer names of the same letter first.
const SIZES: [(&str, usize); 7] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("b", 1),
];

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes, written with a unit: `16MiB`.
    Bytes,
    /// Words and signs of rule text.
    Words,
    /// Items of a rulebook.
    Items,
    /// Questions of a decision tree, and rules that fire in it.
    Nodes,
    /// Members of a list.
    Members,
    /// Instructions of the machine, and items that loops come to.
    Steps,
}

impl Unit {
    /// The amount that is written.
    pub(crate) fn read(self, text: &str) -> Result<usize, String> {
        match self {
            Self::Bytes => size(text).ok_or("write a whole number and a unit, such as 500kB or 16MiB"),
            _ => text.trim().parse().map_err(|_| "write a whole number, such as 50000"),
        }
        .map_err(str::to_owned)
    }

    /// An amount as it may be written: `16MiB`, `10000`.
    pub fn short(self, amount: usize) -> String {
        match self {
            Self::Bytes => {
                let exact =
                    |(unit, bytes): &(&'static str, usize)| amount.is_multiple_of(*bytes).then_some((*unit, *bytes));
                let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("kB", 1_000), ("B", 1)];
                let (unit, bytes) = units.iter().find_map(exact).unwrap_or(("B", 1));
                format!("{}{unit}", amount / bytes)
            }
            _ => amount.to_string(),
        }
    }

    /// An amount in words: `16MiB`, `10000 words and signs`.
    pub fn long(self, amount: usize) -> String {
        let (one, many) = match self {
            Self::Bytes => return self.short(amount),
            Self::Words => ("word or sign", "words and signs"),
            Self::Items => ("item", "items"),
            Self::Nodes => ("node", "nodes"),
            Self::Members => ("member", "members"),
            Self::Steps => ("step", "steps"),
        };
        format!("{amount} {}", if amount == 1 { one } else { many })
    }
}

/// A size in bytes.
fn size(text: &str) -> Option<usize> {
    let lower = text.trim().to_ascii_lowercase();
    let unit = SIZES.iter().find_map(|(unit, bytes)| Some((lower.strip_suffix(unit)?, *bytes)));
    let (digits, bytes) = unit.unwrap_or((&lower, 1));
    let count: usize = digits.trim().parse().ok()?;
    count.checked_mul(bytes)
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn sizes_are_read_with_and_without_unit() {
        let read = |text| Unit::Bytes.read(text).ok();
        assert_eq!(["16MiB", "2 kB", "10", "7b"].map(read), [Some(16 << 20), Some(2_000), Some(10), Some(7)]);
        for wrong in ["", "MiB", "1.5MB", "-1", "1TB", "99999999999999999GiB"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn amounts_are_written_in_the_unit_that_fits() {
        assert_eq!([16 << 20, 1536, 2_000, 7].map(|size| Unit::Bytes.short(size)), ["16MiB", "1536B", "2kB", "7B"]);
        assert_eq!(Unit::Words.long(10_000), "10000 words and signs");
        assert_eq!(Unit::Steps.long(1), "1 step");
    }
}
