//! Invented leads for measurements: always the same ones, and lead *n* does not depend on how many there are.
//!
//! `cargo run --release -p rulebook-tests --example leads -- 1000000 > leads.ndjson` writes a million of them (about
//! 290 MB); the benches take them from [`lead`].
#![allow(dead_code, reason = "the benches use `lead`, the example uses `main`")]

use std::io::{BufWriter, Write};

const COUNTRIES: [&str; 12] = ["US", "US", "US", "DE", "GB", "FR", "IN", "BR", "AT", "CH", "JP", "NG"];
const STATES: [&str; 8] = ["CA", "NY", "TX", "WA", "OR", "NV", "AZ", "FL"];
const INDUSTRIES: [&str; 8] =
    ["Software", "Insurance", "Legal", "Retail", "Energy", "Financial Services", "Education", "Health"];
const SOURCES: [&str; 6] = ["Web", "Event", "Partner Referral", "Cold Call", "Webinar", "Import"];
const STATUSES: [&str; 5] = ["New", "Open", "Working", "Nurturing", "Closed"];
const TITLES: [&str; 6] = ["VP Sales", "Buyer", "CTO", "Office Manager", "VP Finance", "Engineer"];
const TAGS: [&str; 6] = ["vip", "demo-requested", "newsletter", "trial", "partner", "churned"];
const DOMAINS: [&str; 5] = ["gmail.com", "acme.example", "globex.example", "initech.example", "yahoo.com"];

/// A generator of well-spread numbers from a seed (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let place = self.below(words.len() as u64) as usize;
        words.get(place).copied().unwrap_or_default()
    }

    /// A value as JSON, or `null` once in `rarely` times.
    fn or_null(&mut self, rarely: u64, value: String) -> String {
        if self.below(rarely) == 0 { "null".to_owned() } else { value }
    }
}

/// The JSON text of a lead.
pub fn lead(number: u64) -> String {
    let mut numbers = Numbers(number.wrapping_mul(0xD134_2543_DE82_EF95));
    let numbers = &mut numbers;
    let quoted = |text: &str| format!("\"{text}\"");
    let (month, day, hour) = (1 + numbers.below(12), 1 + numbers.below(28), numbers.below(24));
    let score = numbers.below(100).to_string();
    let country = quoted(numbers.one_of(&COUNTRIES));
    let industry = quoted(numbers.one_of(&INDUSTRIES));
    let owner = format!("\"rep{}@example.com\"", numbers.below(50));
    let employees = (1 << numbers.below(15)).to_string();
    let revenue = format!("{}.{:02}", 1 << numbers.below(28), numbers.below(100));
    let activity = format!("\"2025-{month:02}-{day:02}T{hour:02}:15:00Z\"");
    let tags: Vec<String> = (0..numbers.below(4)).map(|_| quoted(numbers.one_of(&TAGS))).collect();
    format!(
        concat!(
            r#"{{"id":"L{:07}","name":"Lead {}","email":"lead{}@{}","title":"{}","country":{},"state":"{}","#,
            r#""industry":{},"source":"{}","status":"{}","owner":{},"score":{},"employees":{},"#,
            r#""annual_revenue":{},"last_activity_at":{},"do_not_call":{},"tags":[{}]}}"#
        ),
        number,
        number,
        number,
        numbers.one_of(&DOMAINS),
        numbers.one_of(&TITLES),
        numbers.or_null(40, country),
        numbers.one_of(&STATES),
        numbers.or_null(8, industry),
        numbers.one_of(&SOURCES),
        numbers.one_of(&STATUSES),
        numbers.or_null(3, owner),
        numbers.or_null(20, score),
        numbers.or_null(6, employees),
        numbers.or_null(5, revenue),
        numbers.or_null(9, activity),
        numbers.below(20) == 0,
        tags.join(",")
    )
}

/// Writes as many leads as its argument says, one on a line.
fn main() -> std::io::Result<()> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        writeln!(out, "{}", lead(number))?;
    }
    out.flush()
}
