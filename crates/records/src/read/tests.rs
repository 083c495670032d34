//! Each way for a record to be wrong, and for one to be right.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use limits::Limits;
use values::{Text, Type, Value};
use vm::program::Field;

use super::{Input, Options, Reader};
use crate::{Format, Raw, Rejected, Source, SourceError};

fn field(name: &str, ty: Type) -> Field {
    let source = name.split('.').map(Text::from).collect();
    Field {
        name: name.into(),
        source,
        ty,
        optional: true,
        default: None,
        sentinels: Vec::new(),
        key: false,
        through: None,
        inferred: false,
    }
}

/// `id: text key  score: number  stage: one of "new", "Won"?  company: { employees: number? }?  tags: list of text?`
fn lead() -> Vec<Field> {
    let stage = Type::OneOf(["new".into(), "Won".into()].into());
    vec![
        Field { optional: false, key: true, ..field("id", Type::ExactText) },
        Field { optional: false, ..field("score", Type::Number) },
        Field { sentinels: vec!["Select".into()], ..field("stage", stage) },
        field("company", Type::Record("company".into())),
        field("company.employees", Type::Number),
        field("tags", Type::List(Box::new(Type::Text))),
        Field { default: Some(Value::Truth(false)), ..field("opted_out", Type::Truth) },
        field("at", Type::DateTime),
    ]
}

fn reader(name: &str, bytes: impl AsRef<[u8]>, options: Options) -> Result<Reader, SourceError> {
    Reader::new(Source::read(name, Cursor::new(bytes.as_ref().to_vec()), None)?, lead().as_slice(), options)
}

fn all(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Result<Input, Box<Rejected>>> {
    reader(name, bytes, Options::default()).unwrap().map(Result::unwrap).collect()
}

/// What comes out of an input in short: the keys of records, the codes of faults with their field.
fn outcomes(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let short = |outcome: Result<Input, Box<Rejected>>| match outcome {
        Ok(input) => input.key.unwrap().to_string(),
        Err(rejected) => match rejected.field {
            Some(field) => format!("{} {field}", rejected.code),
            None => rejected.code.to_owned(),
        },
    };
    all(name, bytes).into_iter().map(short).collect()
}

fn number(text: &str) -> Value {
    Value::Number(values::Number::parse(text).unwrap())
}

const LEAD: &str =
    r#"{"id":"L1","score":0.1,"stage":"WON","company":{"employees":12},"tags":["a","b"],"at":"2026-01-31"}"#;

#[test]
fn a_record_holds_its_fields_values() {
    let input = all("leads.ndjson", LEAD).remove(0).unwrap();
    let at = "2026-01-31T00:00:00Z".parse().unwrap();
    assert_eq!(
        input.record.values,
        [
            Value::text("L1"),
            number("0.1"),
            Value::text("Won"),
            Value::Truth(true),
            number("12"),
            Value::List([Value::text("a"), Value::text("b")].into()),
            Value::Truth(false),
            Value::DateTime(at),
        ]
    );
}

/// Keys that are expected where others come, with blanks and escapes where there were none, and keys that do not count.
#[test]
fn the_order_of_keys_does_not_matter() {
    let members = [
        r#""id":"L1""#,
        r#""score":0.1"#,
        r#""stage":"WON""#,
        r#""company":{"employees":12}"#,
        r#""tags":["a","b"]"#,
        r#""at":"2026-01-31""#,
    ];
    let mut file = String::new();
    for turn in 0..members.len() * 3 {
        let (early, late) = members.split_at(turn % members.len());
        let colon = if turn % 2 == 0 { "\":" } else { "\" : " };
        let unknown = format!("\"key {}\":[{turn}]", turn % 4);
        let line = [late, &[unknown.as_str()], early].concat().join(", ").replace("\":", colon);
        file += &format!("{{{}}}\n", if turn % 5 == 0 { line.replace("score", "s\\u0063ore") } else { line });
    }
    let read = all("leads.ndjson", &file);
    assert_eq!(read.len(), members.len() * 3);
    let wanted = all("leads.ndjson", LEAD).remove(0).unwrap().record;
    for (record, line) in read.into_iter().zip(file.lines()) {
        assert_eq!(record.unwrap().record, wanted, "{line}");
    }
}

#[test]
fn a_row_holds_the_same_as_an_object() {
    let csv = "id,score,stage,company.employees,tags,opted_out,at,more\nL1,0.1,won,12,a; b,no,2026-01-31,x\n";
    let row = all("leads.csv", csv).remove(0).unwrap();
    assert_eq!(row.record, all("leads.ndjson", LEAD).remove(0).unwrap().record);
    let tsv = csv.replace(',', "\t");
    assert_eq!(all("leads.tsv", &tsv).remove(0).unwrap().record, row.record);
    assert_eq!(all("stdin", csv.replace(',', ";").replace("a; b", "\"a; b\"")).remove(0).unwrap().record, row.record);
}

#[test]
fn each_kind_of_wrong_json_record_is_one_fault_and_the_reading_goes_on() {
    let deep = format!(r#"{{"id":"L1","score":1,"x":{}}}"#, "[".repeat(100_000));
    let wrong: [(&[u8], &str); 22] = [
        (br#"{"id":"L1","score":"1"}"#, "wrong-type score"),
        (br#"{"id":"L1","score":1,"tags":"a"}"#, "wrong-type tags"),
        (br#"{"id":"L1","score":1,"company":{"employees":"x"}}"#, "wrong-type company.employees"),
        (br#"{"id":"L1","score":1,"company":7}"#, "wrong-type company"),
        (br#"{"id":"L1","score":1,"at":"2026-13-31"}"#, "wrong-type at"),
        (br#"{"id":"L1","score":1e400}"#, "number-out-of-range score"),
        (br#"{"id":"L1","score":12345678901234567890123456789}"#, "number-out-of-range score"),
        (br#"{"id":"L1","score":1,"stage":"lost"}"#, "not-one-of stage"),
        (br#"{"id":"L1","score":1,"sc\u006fre":2}"#, "duplicate-key score"),
        (br#"{"id":"L1","score":1,"company":{"employees":1,"employees":2}}"#, "duplicate-key company.employees"),
        (b"{\"id\":\"L1\",\"score\":1,\"x\":\"\xff\"}", "invalid-utf8"),
        (br#"{"id":"L\ud800","score":1}"#, "lone-surrogate id"),
        (br#"{"id":"L1","score":1,"\ud800":1}"#, "lone-surrogate"),
        (deep.as_bytes(), "nesting-too-deep"),
        (b"[1]", "not-an-object"),
        (b"null", "not-an-object"),
        (br#"{"id":"L1","score":1} x"#, "trailing-characters"),
        (br#"{"id":"L1" "score":1}"#, "malformed-json"),
        (b"hello", "malformed-json"),
        (br#"{"id":"L1"}"#, "required-field-missing score"),
        (br#"{"id":"","score":1}"#, "required-field-missing id"),
        (br#"{"id":"L1","sco"#, "truncated-record"),
    ];
    let mut file = Vec::new();
    for (line, _) in wrong {
        file.extend_from_slice(line);
        file.extend_from_slice(b"\r\n\n{\"id\":\"ok\",\"score\":1}\n");
    }
    let expected: Vec<&str> = wrong.iter().flat_map(|(_, fault)| [fault, "ok"]).collect();
    assert_eq!(outcomes("leads.ndjson", &file), expected);
}

#[test]
fn numbers_are_exact_and_nothing_is_mended_silently() {
    let scores = ["9007199254740993", "18446744073709551616", "0.1", "1e3", "-0.0", "1.50"];
    for score in scores {
        let input = all("x.ndjson", format!(r#"{{"id":"L1","score":{score}}}"#)).remove(0).unwrap();
        assert_eq!(input.record.values.get(1), Some(&number(score)), "{score}");
    }
}

#[test]
fn a_fault_tells_all_that_is_known_of_the_record() {
    let rejected = all("leads.ndjson", "\n{\"score\":\"eighty\",\"id\":\"L7\"}\n").remove(0).unwrap_err();
    assert_eq!((rejected.line, rejected.key.as_deref()), (2, Some("L7")));
    assert_eq!(rejected.value.as_deref(), Some("\"eighty\""));
    assert_eq!(rejected.message, "`score` must be a number");
    assert_eq!(rejected.raw, Raw::Json(r#"{"score":"eighty","id":"L7"}"#.into()));
}

#[test]
fn a_value_in_the_spelling_of_a_country_is_told_how_it_is_written() {
    let message = |file: &str, text: String| all(file, text).remove(0).unwrap_err().message;
    let of_score = |cell: &str| message("leads.csv", format!("id;score\nL1;{cell}\n"));
    assert_eq!(of_score("12,50"), "`score` must be a number: write `12,50` as `12.50`");
    assert_eq!(of_score("1,234"), "`score` must be a number: write `1,234` as `1.234` or `1234`, whichever is meant");
    assert_eq!(of_score("twelve"), "`score` must be a number");
    assert_eq!(of_score(&"1,234".repeat(1000)), "`score` must be a number");
    let of_at = |at: &str| message("leads.ndjson", format!(r#"{{"id":"L1","score":1,"at":"{at}"}}"#));
    let must = "`at` must be a date and time such as `2026-01-31T09:00`";
    assert_eq!(of_at("31.12.2026"), format!("{must}: write `31.12.2026` as `2026-12-31`"));
    assert_eq!(of_at("12/31/2026 09:00"), format!("{must}: write `12/31/2026 09:00` as `2026-12-31T09:00`"));
    assert_eq!(
        of_at("03/04/2026"),
        format!("{must}: write `03/04/2026` as `2026-04-03` or `2026-03-04`, whichever is meant")
    );
    assert_eq!(of_at("12/31/2026 9 o'clock"), must);
    let lenient = message("leads.ndjson", r#"{"id":"L1","score":"0,5"}"#.to_owned());
    assert_eq!(lenient, "`score` must be a number: write `0,5` as `0.5`");
}

#[test]
fn money_in_the_spelling_of_a_country_keeps_its_currency() {
    let message = |ty: Type, text: &str| {
        let convert = super::convert::Convert::new(jiff::tz::TimeZone::UTC, false, Limits::default());
        convert.cell_as(text, &ty).unwrap_err().sentence("price")
    };
    let (any, euro) = (Type::Money(None), Type::Money(values::Currency::named("EUR")));
    let hint = |message: String| message.rsplit_once(": ").map(|(_, hint)| hint.to_owned());
    assert_eq!(hint(message(any.clone(), "12,50 EUR")).as_deref(), Some("write `12,50 EUR` as `12.50 EUR`"));
    assert_eq!(hint(message(euro.clone(), "1.234,50")).as_deref(), Some("write `1.234,50` as `1234.50`"));
    assert_eq!(hint(message(any, "12,50")), None, "no currency");
    assert_eq!(hint(message(euro, "12,50 USD")), None, "another currency");
}

#[test]
fn a_record_over_the_limit_can_be_found_in_the_input() {
    let long =
        format!("{{\"id\":\"a\",\"score\":1}}\n{{\"id\":\"{}\"}}\n{{\"id\":\"b\",\"score\":1}}\n", "x".repeat(1000));
    let options = Options { limits: Limits { record_size: 100, ..Limits::default() }, ..Options::default() };
    let mut records = reader("leads.ndjson", long, options).unwrap().map(Result::unwrap);
    assert!(records.next().unwrap().is_ok());
    let rejected = records.next().unwrap().unwrap_err();
    assert_eq!(rejected.code, "record-too-large");
    assert_eq!(rejected.raw, Raw::Elsewhere { offset: 21, length: 1009, shown: "".into() });
    assert!(records.next().unwrap().is_ok());
    assert!(records.next().is_none());
}

#[test]
fn a_line_of_100_megabytes_takes_no_more_than_the_limit() {
    let endless = std::io::repeat(b'x').take(100 << 20).chain(Cursor::new(b"\n{\"id\":\"b\",\"score\":1}"));
    let source = Source::read("leads.ndjson", endless, None).unwrap();
    let codes: Vec<bool> =
        Reader::new(source, lead().as_slice(), Options::default()).unwrap().map(|r| r.unwrap().is_ok()).collect();
    assert_eq!(codes, [false, true]);
}

#[test]
fn byte_order_mark_line_endings_and_last_line_do_not_matter() {
    let record = r#"{"id":"L1","score":1}"#;
    assert_eq!(outcomes("a.ndjson", format!("\u{feff}{record}\r\n\r\n{record}")), ["L1", "L1"]);
    assert_eq!(outcomes("a.csv", "\u{feff}id,score\r\nL1,1\r\nL2,2"), ["L1", "L2"]);
    assert!(outcomes("a.ndjson", "").is_empty());
    assert!(outcomes("a.json", "").is_empty());
    assert!(outcomes("a.csv", "").is_empty());
    assert!(outcomes("a.csv", "id,score\n").is_empty());
}

#[test]
fn json_files_hold_an_array_an_object_or_lines() {
    let record = r#"{"id":"L1","score":1}"#;
    assert_eq!(outcomes("a.json", format!("[{record},\n {record}]")), ["L1", "L1"]);
    assert_eq!(outcomes("a.json", format!("{record}\n{record}\n")), ["L1", "L1"]);
    assert_eq!(outcomes("a.json", "{\n  \"id\": \"L1\",\n  \"score\": 1\n}\n"), ["L1"]);
    assert_eq!(outcomes("stdin", format!("[{record},7,{{]}}, {record}")), ["L1", "not-an-object", "broken-array"]);
    assert_eq!(outcomes("a.json", format!("[{record},{{\"id\":")), ["L1", "truncated-record"]);
    let unnamed = vec![field("score", Type::Number)];
    let reader = Reader::new(
        Source::read("a.json", Cursor::new("[{},{}]"), None).unwrap(),
        unnamed.as_slice(),
        Options::default(),
    );
    let mut reader = reader.unwrap();
    let second = reader.nth(1).unwrap().unwrap().unwrap();
    assert_eq!(reader.label(&second), "a.json#2");
}

#[test]
fn each_kind_of_wrong_row_is_one_fault_and_the_reading_goes_on() {
    let csv =
        "id,score,stage\nL1,1,\nL2,1\nL3,1,,\n\"L4\"x,1,\nL5,many,\nL6,,\nL7,1,\"Select\"\n,1,\nL8,1,lost\nL9,1,\"a";
    assert_eq!(
        outcomes("leads.csv", csv),
        [
            "L1",
            "ragged-row",
            "ragged-row",
            "malformed-row",
            "wrong-type score",
            "required-field-missing score",
            "L7",
            "required-field-missing id",
            "not-one-of stage",
            "truncated-record",
        ]
    );
}

#[test]
fn a_header_must_have_the_required_columns_once() {
    let message = |csv: &str| reader("leads.csv", csv, Options::default()).err().unwrap().to_string();
    assert_eq!(message("id,stage\n"), "`leads.csv` has no column `score`; its columns are `id`, `stage`");
    assert_eq!(
        message("id,Score\n"),
        "`leads.csv` has no column `score`; it has `Score`: write `from \"Score\"` behind the type of the field; its \
         columns are `id`, `Score`"
    );
    assert_eq!(message("id,score,id\n"), "`leads.csv` has more than one column `id`");
    assert_eq!(
        message("id,\"score\n"),
        "the header of `leads.csv` cannot be read: there is no closing quote for cell 2"
    );
    let reader = reader("leads.csv", "id,score\n", Options::default()).unwrap();
    let absent: Vec<&str> = reader.absent_columns().iter().map(|absent| absent.column.as_str()).collect();
    assert_eq!(absent, ["stage", "company", "company.employees", "tags", "opted_out", "at"]);
}

#[test]
fn lenient_reading_takes_texts_for_numbers_and_counts_them() {
    let options = Options { lenient: true, ..Options::default() };
    let mut reader = reader("a.ndjson", r#"{"id":"L1","score":"1.5","opted_out":"Yes"}"#, options).unwrap();
    let input = reader.next().unwrap().unwrap().unwrap();
    assert_eq!(input.record.values.get(1), Some(&number("1.5")));
    assert_eq!(reader.take_read_leniently(), 2);
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compressed_input_is_unpacked_to_its_last_member() {
    let (first, second) = ("{\"id\":\"L1\",\"score\":1}\n", "{\"id\":\"L2\",\"score\":1}\n");
    let gz = [gzip(first), gzip(second)].concat();
    let zst = [first, second].map(|text| zstd::encode_all(text.as_bytes(), 1).unwrap()).concat();
    for (name, bytes) in [("a.ndjson.gz", &gz), ("a.ndjson.zst", &zst), ("a.ndjson", &gz), ("stdin", &zst)] {
        assert_eq!(outcomes(name, bytes), ["L1", "L2"], "{name}");
    }
}

#[test]
fn damage_on_the_way_ends_the_input_after_what_was_whole() {
    let text: String = (0..20_000).map(|id| format!("{{\"id\":\"L{id}\",\"score\":{}}}\n", id * 7919 % 1000)).collect();
    let mut packed = gzip(&text);
    packed.truncate(packed.len() / 2);
    let items: Vec<_> = reader("a.ndjson.gz", packed, Options::default()).unwrap().collect();
    let (last, before) = items.split_last().unwrap();
    let (read, broken) = (before.len(), last.as_ref().unwrap_err().to_string());
    let expected = format!("it is cut off in the middle; {read} records of it were read, none behind line {read}");
    assert_eq!(broken, format!("`a.ndjson.gz` cannot be read to its end: {expected}"));
    let wrong: Vec<_> = before.iter().flatten().filter_map(|item| item.as_ref().err()).collect();
    assert!(before.len() > 5_000 && wrong.len() <= 1);
    assert!(wrong.iter().all(|rejected| rejected.code == "truncated-record"));
}

#[test]
fn what_cannot_be_read_at_all_is_told_in_a_sentence() {
    let message = |path: &str| Source::open(Path::new(path), None).err().unwrap().to_string();
    assert_eq!(message("no-such-file.csv"), "there is no file `no-such-file.csv`");
    assert_eq!(message("src"), "`src` is a folder, not a file of records");
    let message = |name: &str, bytes: &[u8]| reader(name, bytes, Options::default()).err().unwrap().to_string();
    assert_eq!(message("a.csv", b"i\0d\0,\0"), "`a.csv` is UTF-16 text, save it as UTF-8");
    assert_eq!(message("a.csv", b"\xff\xfei\0"), "`a.csv` is UTF-16 text, save it as UTF-8");
    assert_eq!(message("a.csv.gz", b"id,score"), "`a.csv.gz` is named `.gz` but is not compressed that way");
    assert_eq!(message("a.xlsx", b"PK\x03\x04"), "`a.xlsx` is a spreadsheet or zip file, export it as CSV or NDJSON");
}

#[test]
fn a_format_that_is_given_is_not_guessed() {
    let source = Source::read("export.txt", Cursor::new("id\tscore\nL1\t1\n"), Some(Format::Tsv)).unwrap();
    assert_eq!(Reader::new(source, lead().as_slice(), Options::default()).unwrap().count(), 1);
}

/// Of a field that no declaration knows, any value is present, and a number that is only shown is its text.
#[test]
fn inferred_fields_take_what_there_is() {
    let inferred = |name: &str, ty: Type| Field { inferred: true, ..field(name, ty) };
    let fields = [inferred("phone", Type::Record("lead.phone".into())), inferred("id", Type::Text)];
    let json = "{\"phone\": \"1\", \"id\": 7}\n{\"phone\": null, \"id\": \"x\"}\n";
    let csv = "phone,id\n1,7\n,x\n";
    for (text, format) in [(json, Format::Ndjson), (csv, Format::Csv)] {
        let source = Source::read("leads", Cursor::new(text.to_owned()), Some(format)).unwrap();
        let reader = Reader::new(source, fields.as_slice(), Options::default()).unwrap();
        let read: Vec<Vec<Value>> = reader.map(|input| input.unwrap().unwrap().record.values).collect();
        assert_eq!(read, [vec![Value::Truth(true), Value::text("7")], vec![Value::Missing, Value::text("x")]]);
    }
}

#[test]
fn a_parquet_file_is_told_by_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("leads.parquet");
    std::fs::write(&path, b"PAR1 and so on").unwrap();
    let told = Source::open(&path, None).map(|_| ()).unwrap_err().to_string();
    let expected = if cfg!(feature = "parquet") { "it is damaged" } else { "built with `--features parquet`" };
    assert!(told.contains(expected), "{told}");
    let piped = Source::read("stdin", Cursor::new(b"PAR1 and so on"), None).map(|_| ()).unwrap_err().to_string();
    assert!(piped.ends_with("name the file itself"), "{piped}");
}
