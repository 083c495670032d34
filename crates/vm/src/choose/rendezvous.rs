//! Weighted rendezvous hashing: which member a value belongs to, remembered by nobody.
//!
//! Value and member together give a hash, and the member with the best one wins. So the answer does not depend on the
//! others: whoever leaves a team takes only his own records with him, and whoever joins takes only what becomes his
//! (D. G. Thaler, C. V. Ravishankar: Using Name-Based Mappings to Increase Hit Rates, IEEE/ACM Transactions on
//! Networking 6(1), 1998). Weights come in as a race: with `h` even between 0 and 1, `-log(h)` is the waiting time of a
//! process that happens once per unit of time, and divided by the weight `w` that of one that happens `w` times; the
//! first wins, with a chance in proportion to its weight (C. Schindelhauer, G. Schomaker: Weighted Distributed Hash
//! Tables, SPAA 2005).
//!
//! For member `m` with weight `w` and value `v`:
//!
//! ```text
//! h = fmix64(fnv1a64(address(m) ++ FF ++ key(v))) / 2^64        key: see `write_key`
//! the member with the least -log2(h) / w wins, the first of equals
//! ```
//!
//! Everything is reckoned in integers, as logarithms of floating point differ between machines: `-log2(h)` to 32 binary
//! digits behind the point.

use values::{Value, text};

/// The place of the winner among members, each with a weight above zero; the first of equals, none of none.
pub(super) fn winner<'a>(value: &Value, members: impl Iterator<Item = (&'a str, u32)>) -> Option<usize> {
    let mut key = Vec::new();
    write_key(value, &mut key);
    let raced = members.enumerate().map(|(place, (address, weight))| {
        let bytes = address.bytes().chain([SEPARATOR]).chain(key.iter().copied());
        (place, waiting(mixed(fnv1a(bytes))), weight)
    });
    let faster = |a: &(usize, u64, u32), b: &(usize, u64, u32)| {
        u128::from(a.1) * u128::from(b.2) < u128::from(b.1) * u128::from(a.2)
    };
    raced.reduce(|best, next| if faster(&next, &best) { next } else { best }).map(|(place, ..)| place)
}

/// Stands between parts; no UTF-8 text contains it.
const SEPARATOR: u8 = 0xff;

/// A value as bytes: what is equal ignoring case, or equal as a number, has the same. Text is folded, other values are as they
/// are shown, nothing stands for a missing one, and behind each member of a list stands a separator.
fn write_key(value: &Value, key: &mut Vec<u8>) {
    match value {
        Value::Missing => {}
        Value::Truth(truth) => key.extend(truth.to_string().bytes()),
        Value::Number(number) => key.extend(number.to_string().bytes()),
        Value::Money(money) => key.extend(money.to_string().bytes()),
        Value::Text(words) => key.extend(text::fold(words).bytes()),
        Value::Date(date) => key.extend(date.to_string().bytes()),
        Value::DateTime(instant) => key.extend(instant.to_string().bytes()),
        Value::Duration(duration) => key.extend(duration.to_string().bytes()),
        Value::List(members) | Value::Record(members) => {
            for member in members.iter() {
                write_key(member, key);
                key.push(SEPARATOR);
            }
        }
    }
}

/// FNV-1a with 64 bits (G. Fowler, L. C. Noll, K.-P. Vo; draft-eastlake-fnv).
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads every bit over the whole word: the finalizer of `MurmurHash3` (A. Appleby), which FNV needs where its upper
/// bits decide.
const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// How many digits behind the point a waiting time has, in bits.
const DIGITS: u32 = 32;

/// `-log2(hash / 2^64)` in units of `2^-32`.
///
/// The hash is `m · 2^(63 - zeros)` with `1 <= m < 2`, so that the result is `zeros + 1 - log2(m)`. The digits of `log2(m)`
/// come out one by one: squaring `m` doubles its logarithm, and the next digit is 1 where the square reaches 2.
fn waiting(hash: u64) -> u64 {
    let hash = hash.max(1);
    let zeros = hash.leading_zeros();
    let mut mantissa = u128::from(hash << zeros); // 1.63 bits
    let mut logarithm = 0_u64;
    for _ in 0..DIGITS {
        mantissa = (mantissa * mantissa) >> 63;
        logarithm <<= 1;
        if mantissa >> 64 != 0 {
            mantissa >>= 1;
            logarithm |= 1;
        }
    }
    (u64::from(zeros + 1) << DIGITS) - logarithm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // Test vectors of the authors of FNV.
        assert_eq!(fnv1a("".bytes()), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("a".bytes()), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a("foobar".bytes()), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn waiting_is_a_logarithm() {
        assert_eq!(waiting(1 << 63), 1 << DIGITS);
        assert_eq!(waiting(1), 64 << DIGITS);
        assert_eq!(waiting(0), waiting(1));
        for hash in [3_u64 << 61, 0x0123_4567_89ab_cdef, u64::MAX, 12345] {
            let expected = -(hash as f64 / 2_f64.powi(64)).log2();
            let found = waiting(hash) as f64 / 2_f64.powi(32);
            assert!((expected - found).abs() < 1e-8, "{hash}: {expected} and {found}");
        }
    }

    fn winners(members: &[(&'static str, u32)], values: u32) -> Vec<usize> {
        (0..values).filter_map(|it| winner(&Value::text(format!("L{it}")), members.iter().copied())).collect()
    }

    #[test]
    fn shares_follow_the_weights() {
        let won = winners(&[("ana", 100), ("bo", 200), ("cy", 50), ("di", 50)], 40_000);
        let share = |place: usize| won.iter().filter(|winner| **winner == place).count();
        for (place, expected) in [(0, 10_000), (1, 20_000), (2, 5_000), (3, 5_000)] {
            assert!(share(place).abs_diff(expected) < 400, "{place}: {}", share(place));
        }
    }

    #[test]
    fn who_leaves_takes_only_his_own() {
        let all = winners(&[("ana", 100), ("bo", 200), ("cy", 50)], 5_000);
        let two = winners(&[("ana", 100), ("cy", 50)], 5_000);
        let name = |place: usize, names: &[&'static str]| names[place];
        for (before, after) in all.iter().zip(&two) {
            let (before, after) = (name(*before, &["ana", "bo", "cy"]), name(*after, &["ana", "cy"]));
            assert!(before == after || before == "bo");
        }
    }

    #[test]
    fn what_is_equal_belongs_to_one() {
        let members = [("ana", 100), ("bo", 100), ("cy", 100), ("di", 100), ("ed", 100)];
        let of = |value: Value| winner(&value, members.iter().copied());
        for word in ["DE", "Österreich", "x"] {
            assert_eq!(of(Value::text(word)), of(Value::text(word.to_lowercase())));
        }
        assert_eq!(of(Value::Missing), of(Value::text("")));
        assert_eq!(winner(&Value::text("x"), std::iter::empty()), None);
    }
}
