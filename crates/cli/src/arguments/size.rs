//! Sizes as people write them: `500kB`, `16MiB`.

/// Units, the longer names of the same letter first.
const UNITS: [(&str, usize); 7] = [
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("b", 1),
];

/// A size in bytes, at least 1.
pub(super) fn size(text: &str) -> Result<usize, String> {
    let lower = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(unit, bytes)| Some((lower.strip_suffix(unit)?, *bytes)));
    let (digits, bytes) = unit.unwrap_or((&lower, 1));
    let count: Option<usize> = digits.trim().parse().ok();
    match count.and_then(|count| count.checked_mul(bytes)) {
        Some(size) if size > 0 => Ok(size),
        _ => Err("write a whole number and a unit, such as 500kB or 16MiB".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_with_and_without_unit() {
        assert_eq!(["16MiB", "2 kB", "10", "7b"].map(size), [Ok(16 << 20), Ok(2_000), Ok(10), Ok(7)]);
        for wrong in ["", "0", "MiB", "1.5MB", "-1", "1TB", "99999999999GiB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
