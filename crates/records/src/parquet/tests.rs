//! Columns give what their JSON gives, whatever the file holds.

use std::fs::File;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96,
    Int96Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Read as _;
use tempfile::TempDir;
use values::{Currency, Text, Type, Value};
use vm::program::{Field, FieldPlace, Items};

use crate::read::{Asked, Batch, Input, Options, Reader};
use crate::{Rejected, Source, SourceError};

/// A column: its values, and where they stand (no levels: each row has one).
type Write = Box<dyn Fn(&mut SerializedRowGroupWriter<'_, File>)>;

fn column<T: DataType>(values: Vec<T::T>, levels: &[(i16, i16)]) -> Write {
    let (definitions, repetitions): (Vec<i16>, Vec<i16>) = levels.iter().copied().unzip();
    Box::new(move |group| {
        let mut column = group.next_column().unwrap().unwrap();
        let levels = (!definitions.is_empty()).then_some((&*definitions, &*repetitions));
        let levels = (levels.map(|levels| levels.0), levels.map(|levels| levels.1));
        column.typed::<T>().write_batch(&values, levels.0, levels.1).unwrap();
        column.close().unwrap();
    })
}

/// A file with some groups of rows.
fn written(schema: &str, compression: Compression, groups: &[Vec<Write>]) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.parquet");
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut writer = SerializedFileWriter::new(File::create(&path).unwrap(), schema, properties).unwrap();
    for columns in groups {
        let mut group = writer.next_row_group().unwrap();
        columns.iter().for_each(|write| write(&mut group));
        group.close().unwrap();
    }
    writer.close().unwrap();
    (folder, path.display().to_string())
}

fn opened(path: &str) -> Source {
    Source::of_file("t.parquet", File::open(path).unwrap(), None).unwrap()
}

fn lines(path: &str) -> Vec<String> {
    let mut text = String::new();
    opened(path).stream.read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

const KINDS: &str = "message t {
    required binary id (UTF8);
    optional boolean ok;
    optional int32 small (INTEGER(8,true));
    optional int32 unsigned (INTEGER(32,false));
    optional int64 huge (INTEGER(64,false));
    optional int32 price (DECIMAL(9,2));
    optional fixed_len_byte_array(16) amount (DECIMAL(38,4));
    optional double rate;
    optional float ratio;
    optional binary stage (STRING);
    optional int32 day (DATE);
    optional int64 at (TIMESTAMP(MICROS,true));
    optional int64 local (TIMESTAMP(MILLIS,false));
    optional int96 old;
    optional int64 time (TIME(MICROS,false));
    optional fixed_len_byte_array(16) key (UUID);
    optional fixed_len_byte_array(2) half (FLOAT16);
    optional binary doc (JSON);
}";

/// Three rows: with everything, with nothing, and with values at the edge of what there is.
fn kinds() -> Vec<Write> {
    let two = [(1, 0), (0, 0), (1, 0)];
    let fixed = |bytes: &[u8]| bytes.to_vec().into();
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).into()).collect::<Vec<_>>();
    let mut old = Int96::new();
    let of_day = 32_400_000_000_000u64;
    old.set_data(of_day as u32, (of_day >> 32) as u32, 2_461_042);
    vec![
        column::<ByteArrayType>(text(&["A", "B", "C"]), &[]),
        column::<BoolType>(vec![true, false], &two),
        column::<Int32Type>(vec![-7, 127], &two),
        column::<Int32Type>(vec![7, -1], &two),
        column::<Int64Type>(vec![7, -1], &two),
        column::<Int32Type>(vec![1250, -5], &two),
        column::<FixedLenByteArrayType>(
            vec![fixed(&12_500_001i128.to_be_bytes()), fixed(&i128::MIN.to_be_bytes())],
            &two,
        ),
        column::<DoubleType>(vec![0.1, f64::NAN], &two),
        column::<FloatType>(vec![2.5, 1e30], &two),
        column::<ByteArrayType>(text(&["New", "a \"b\"\nc"]), &two),
        column::<Int32Type>(vec![20_000, i32::MIN], &two),
        column::<Int64Type>(vec![1_767_225_600_000_001, i64::MAX], &two),
        column::<Int64Type>(vec![1_767_225_600_000, -1], &two),
        column::<Int96Type>(vec![old, old], &two),
        column::<Int64Type>(vec![32_400_000_001, -1], &two),
        column::<FixedLenByteArrayType>(vec![fixed(&[7; 16]), fixed(&[0xab; 16])], &two),
        column::<FixedLenByteArrayType>(vec![fixed(&[0x00, 0x3e]), fixed(&[0x00, 0xfc])], &two),
        column::<ByteArrayType>(text(&["{\"a\": [1]}", "{"]), &two),
    ]
}

const ROWS: [&str; 3] = [
    r#"{"id":"A","ok":true,"small":-7,"unsigned":7,"huge":7,"price":12.50,"amount":1250.0001,"rate":0.1,"ratio":2.5,"stage":"New","day":"2024-10-04","at":"2026-01-01T00:00:00.000001Z","local":"2026-01-01T00:00:00","old":"2026-01-01T09:00:00Z","time":"09:00:00.000001","key":"07070707-0707-0707-0707-070707070707","half":1.5,"doc":{"a": [1]}}"#,
    r#"{"id":"B","ok":null,"small":null,"unsigned":null,"huge":null,"price":null,"amount":null,"rate":null,"ratio":null,"stage":null,"day":null,"at":null,"local":null,"old":null,"time":null,"key":null,"half":null,"doc":null}"#,
    r#"{"id":"C","ok":false,"small":127,"unsigned":4294967295,"huge":18446744073709551615,"price":-0.05,"amount":-17014118346046923173168730371588410.5728,"rate":"NaN","ratio":1000000000000000000000000000000,"stage":"a \"b\"\nc","day":"out of range","at":"out of range","local":"1969-12-31T23:59:59.999","old":"2026-01-01T09:00:00Z","time":"out of range","key":"abababab-abab-abab-abab-abababababab","half":"-inf","doc":"{"}"#,
];

#[test]
fn every_kind_of_value_has_its_json() {
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(Default::default())] {
        let (_folder, path) = written(KINDS, compression, &[kinds()]);
        assert_eq!(lines(&path), ROWS);
    }
}

const NESTED: &str = "message t {
    required binary id (UTF8);
    optional group company {
        optional binary name (UTF8);
        required int64 employees;
        optional group site { optional binary city (UTF8); }
    }
    optional group tags (LIST) { repeated group list { optional binary element (UTF8); } }
    optional group lines (LIST) {
        repeated group list {
            optional group element {
                required binary product (UTF8);
                optional int64 quantity;
                optional group marks (LIST) { repeated group list { optional int32 element; } }
            }
        }
    }
    optional group old (LIST) { repeated int32 array; }
    repeated int64 codes;
}";

fn nested() -> Vec<Write> {
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).into()).collect::<Vec<_>>();
    vec![
        column::<ByteArrayType>(text(&["A", "B", "C", "D"]), &[]),
        column::<ByteArrayType>(text(&["Acme"]), &[(2, 0), (0, 0), (1, 0), (1, 0)]),
        column::<Int64Type>(vec![500, 3, 4], &[(1, 0), (0, 0), (1, 0), (1, 0)]),
        column::<ByteArrayType>(text(&["Wien"]), &[(3, 0), (0, 0), (1, 0), (2, 0)]),
        column::<ByteArrayType>(text(&["vip", "trial"]), &[(3, 0), (2, 1), (3, 1), (0, 0), (1, 0), (2, 0)]),
        column::<ByteArrayType>(text(&["p", "q", "r"]), &[(3, 0), (3, 1), (0, 0), (1, 0), (2, 0), (3, 1)]),
        column::<Int64Type>(vec![2, 5], &[(4, 0), (3, 1), (0, 0), (1, 0), (2, 0), (4, 1)]),
        column::<Int32Type>(vec![1, 2, 3], &[(6, 0), (6, 2), (3, 1), (0, 0), (1, 0), (2, 0), (6, 1), (5, 2)]),
        column::<Int32Type>(vec![8, 9], &[(2, 0), (2, 1), (0, 0), (1, 0), (1, 0)]),
        column::<Int64Type>(vec![1, 2, 3], &[(1, 0), (1, 1), (0, 0), (1, 0), (0, 0)]),
    ]
}

#[test]
fn what_lies_in_columns_is_put_together_again() {
    let (_folder, path) = written(NESTED, Compression::SNAPPY, &[nested()]);
    assert_eq!(
        lines(&path),
        [
            r#"{"id":"A","company":{"name":"Acme","employees":500,"site":{"city":"Wien"}},"tags":["vip",null,"trial"],"lines":[{"product":"p","quantity":2,"marks":[1,2]},{"product":"q","quantity":null,"marks":null}],"old":[8,9],"codes":[1,2]}"#,
            r#"{"id":"B","company":null,"tags":null,"lines":null,"old":null,"codes":[]}"#,
            r#"{"id":"C","company":{"name":null,"employees":3,"site":null},"tags":[],"lines":[],"old":[],"codes":[3]}"#,
            r#"{"id":"D","company":{"name":null,"employees":4,"site":{"city":null}},"tags":[null],"lines":[null,{"product":"r","quantity":5,"marks":[3,null]}],"old":[],"codes":[]}"#,
        ]
    );
}

fn field(name: &str, ty: Type) -> Field {
    Field {
        name: name.into(),
        source: name.split('.').map(Text::from).collect(),
        ty,
        optional: true,
        default: None,
        sentinels: Vec::new(),
        key: name == "id",
        inferred: false,
        through: None,
    }
}

type Read = Result<Input, Box<Rejected>>;

/// What comes out of the columns, and what out of the same as JSON.
fn both_ways(path: &str, asked: Asked<'_>, options: &Options) -> (Vec<Read>, Vec<Read>) {
    let read = |source| Reader::new(source, asked, options.clone()).unwrap().map(Result::unwrap).collect();
    let mut as_lines = opened(path);
    as_lines.table = None;
    (read(opened(path)), read(as_lines))
}

/// The same but for the record as it stands in reports, of which columns show only what was read.
fn assert_same((columns, lines): (Vec<Read>, Vec<Read>), about: &str) {
    assert_eq!(columns.len(), lines.len());
    for (mut column, mut line) in columns.into_iter().zip(lines) {
        for rejected in [&mut column, &mut line].into_iter().filter_map(|read| read.as_mut().err()) {
            rejected.raw = crate::Raw::Text(Box::default());
        }
        assert_eq!(column, line, "{about}");
    }
}

#[test]
fn columns_give_what_their_json_gives() {
    let (_folder, path) = written(KINDS, Compression::SNAPPY, &[kinds()]);
    let types = [
        Type::Truth,
        Type::Number,
        Type::Money(Currency::named("EUR")),
        Type::Text,
        Type::ExactText,
        Type::OneOf([Text::from("new"), Text::from("won")].into()),
        Type::Date,
        Type::DateTime,
        Type::Duration,
        Type::List(Box::new(Type::Number)),
        Type::Record("company".into()),
    ];
    let names = lines(&path).first().map(|line| {
        let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        row.keys().cloned().collect::<Vec<_>>()
    });
    for name in names.unwrap().iter().filter(|name| **name != "id") {
        for ty in &types {
            for (inferred, lenient, sentinel) in [(false, false, false), (true, false, true), (false, true, true)] {
                let sentinels = if sentinel { vec!["New".into()] } else { Vec::new() };
                let asked = Field { inferred, sentinels, ..field(name, ty.clone()) };
                let options = Options { lenient, ..Options::default() };
                let fields = [field("id", Type::Text), asked];
                let both = both_ways(&path, fields.as_slice().into(), &options);
                assert_same(both, &format!("{name} as {ty}, {inferred} {lenient} {sentinel}"));
            }
        }
    }
}

#[test]
fn nested_columns_give_what_their_json_gives() {
    let (_folder, path) = written(NESTED, Compression::SNAPPY, &[nested()]);
    let fields = [
        field("id", Type::Text),
        field("company", Type::Record("company".into())),
        field("company.employees", Type::Number),
        field("company.site", Type::Record("company.site".into())),
        field("company.site.city", Type::Text),
        field("tags", Type::List(Box::new(Type::Text))),
        field("lines", Type::List(Box::new(Type::Record("line".into())))),
        field("codes", Type::List(Box::new(Type::Number))),
        field("old", Type::Number),
    ];
    let inner = vec![field("product", Type::Text), field("marks", Type::List(Box::new(Type::Number)))];
    let items = [Items { list: FieldPlace::Field(6), fields: inner }];
    for count in [8, 9] {
        let asked = Asked { fields: fields.get(..count).unwrap(), items: &items, joins: &[] };
        let both = both_ways(&path, asked, &Options::default());
        assert!(both.0.iter().filter(|read| read.is_err()).count() == if count == 8 { 0 } else { 3 });
        assert_same(both, "nested");
    }
}

#[test]
fn groups_of_rows_follow_each_other() {
    const GROUP: i64 = 5_000;
    let schema = "message t { required int64 id; optional int64 n; }";
    let group = |first: i64| {
        let levels: Vec<(i16, i16)> = (0..GROUP).map(|row| (i16::from(row % 3 != 0), 0)).collect();
        let values = (0..GROUP).filter(|row| row % 3 != 0).map(|row| first + row).collect();
        vec![column::<Int64Type>((first..first + GROUP).collect(), &[]), column::<Int64Type>(values, &levels)]
    };
    let (_folder, path) = written(schema, Compression::SNAPPY, &[group(0), group(GROUP)]);
    let fields = [field("id", Type::Number), field("n", Type::Number)];
    let reader = || Reader::new(opened(&path), fields.as_slice(), Options::default()).unwrap();
    let expected = |row: i64| {
        let n = if row % GROUP % 3 == 0 { Value::Missing } else { Value::from(row) };
        (vec![Value::from(row), n], row.cast_unsigned() + 1)
    };
    let expected: Vec<_> = (0..2 * GROUP).map(expected).collect();
    let one_by_one = reader().map(|read| read.unwrap().unwrap());
    assert_eq!(one_by_one.map(|input| (input.record.values, input.number)).collect::<Vec<_>>(), expected);

    let (mut reader, mut batch, mut batches) = (reader(), Batch::default(), Vec::new());
    let mut parser = reader.parser().clone();
    while reader.fill(&mut batch) {
        batches.extend(batch.pieces().map(|piece| parser.read(piece).unwrap()));
    }
    assert_eq!(batches.iter().map(|input| (input.record.values.clone(), input.line)).collect::<Vec<_>>(), expected);
    assert_eq!(parser.label(batches.last().unwrap()), "9999");
}

#[test]
fn columns_are_found_by_their_names() {
    let schema = "message t { required binary id (UTF8); required int64 company.employees; required int64 Score; }";
    let columns = || {
        vec![
            column::<ByteArrayType>(vec!["A".into()], &[]),
            column::<Int64Type>(vec![5], &[]),
            column::<Int64Type>(vec![7], &[]),
        ]
    };
    let (_folder, path) = written(schema, Compression::UNCOMPRESSED, &[columns()]);
    let fields = [field("id", Type::Text), field("company.employees", Type::Number), field("score", Type::Number)];
    let mut reader = Reader::new(opened(&path), fields.as_slice(), Options::default()).unwrap();
    let absent: Vec<_> = reader.absent_columns().iter().map(|absent| absent.similar.as_deref()).collect();
    assert_eq!(absent, [Some("Score")]);
    let input = reader.next().unwrap().unwrap().unwrap();
    assert_eq!(input.record.values, ["A".into(), 5.into(), Value::Missing]);
    assert!(reader.next().is_none());

    let fields = [field("id", Type::Text), Field { optional: false, ..field("score", Type::Number) }];
    let error = Reader::new(opened(&path), fields.as_slice(), Options::default()).map(|_| ()).unwrap_err();
    assert!(matches!(error, SourceError::MissingColumns { .. }));
    assert!(error.to_string().contains("it has `Score`"), "{error}");
}

#[test]
fn damaged_files_are_errors() {
    let (folder, path) = written(NESTED, Compression::SNAPPY, &[nested()]);
    let whole = std::fs::read(&path).unwrap();
    let fields = [field("id", Type::Text), field("tags", Type::List(Box::new(Type::Text)))];
    let read = |bytes: &[u8]| {
        let path = folder.path().join("damaged.parquet");
        std::fs::write(&path, bytes).unwrap();
        let source = Source::of_file("damaged.parquet", File::open(&path).unwrap(), None)?;
        Reader::new(source, fields.as_slice(), Options::default())?.try_for_each(|read| read.map(drop))
    };
    assert_eq!(read(&whole), Ok(()));
    for end in (4..whole.len()).step_by(7) {
        let told: Result<(), SourceError> = read(whole.get(..end).unwrap());
        assert!(told.unwrap_err().to_string().contains("damaged"));
    }
    for place in (4..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        drop(read(&bytes)); // Whatever it says, it says it.
    }
}
