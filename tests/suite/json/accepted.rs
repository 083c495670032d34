//! JSON that has to be read.

/// Values of each kind.
pub(super) fn values() -> Vec<Vec<u8>> {
    let all = [literals(), numbers(), strings(), arrays(), objects()];
    all.into_iter().flatten().chain(raw_strings()).collect()
}

/// Whole records: white space, and what may stand around them in a file.
pub(super) fn records() -> Vec<Vec<u8>> {
    let written = [
        "{}",
        " {} ",
        "{}\n",
        "{}\r\n",
        "\n\t {}\n\n",
        "\u{feff}{\"asked\":1}",
        "{\n  \"asked\" :\t1 ,\r\n  \"other\": [ ]\n}",
        "{ \"asked\" : { \"asked\" : { } } }",
        "[{\"asked\":1}]",
        " [ {\"asked\":1} ] ",
    ];
    written.into_iter().map(|record| record.as_bytes().to_vec()).collect()
}

fn bytes<const N: usize>(written: [&str; N]) -> Vec<Vec<u8>> {
    written.into_iter().map(|value| value.as_bytes().to_vec()).collect()
}

/// Section 3: the three names, in small letters.
fn literals() -> Vec<Vec<u8>> {
    bytes(["null", "true", "false", " true", "false ", "\ttrue\t"])
}

/// Section 6: a minus sign or none, an integer without leading zeros, perhaps a fraction, perhaps an exponent.
fn numbers() -> Vec<Vec<u8>> {
    let mut all = bytes([
        "0",
        "-0",
        "7",
        "-7",
        "10",
        "1234567890",
        "0.5",
        "-0.5",
        "0.0",
        "12.340",
        "0e1",
        "0E1",
        "0e+1",
        "0e-1",
        "0.0e0",
        "1e5",
        "1E5",
        "1e05",
        "1e+05",
        "1e-05",
        "1E+22",
        "1E-2",
        "12.5e3",
        "-12.5E-3",
        " 4",
        "4 ",
        // Far beyond what any machine number holds, and still numbers.
        "123e65",
        "1e400",
        "-1e400",
        "1e-400",
        "9223372036854775808",
        "-9223372036854775809",
        "9007199254740993",
        "100000000000000000000",
        "123.456789012345678901234567890",
        "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "1e9999999999",
    ]);
    all.push([b"0.".as_slice(), &b"1".repeat(4000)].concat());
    all.push(b"9".repeat(4000));
    all
}

/// Section 7: anything but quotation mark, backslash and the control characters stands for itself; all can be escaped.
fn strings() -> Vec<Vec<u8>> {
    let mut all = bytes([
        r#""""#,
        r#"" ""#,
        r#""a""#,
        r#""\"""#,
        r#""\\""#,
        r#""\/""#,
        r#""/""#,
        r#""\b\f\n\r\t""#,
        r#""\\n""#,
        r#""\\\\""#,
        r#""\\\"""#,
        r#""\u0000""#,
        r#""\u001f""#,
        r#""\u0041""#,
        r#""\u00e9""#,
        r#""\u00E9""#,
        r#""\uFfFf""#,
        r#""\\u0000""#,
        r#""\u0022""#,
        r#""\u005C""#,
        r#""\u002c""#,
        r#""\u0060\u012a\u12AB""#,
        r#""new\u000Aline""#,
        // Characters beyond the first plane are written as two halves.
        r#""\ud83d\ude00""#,
        r#""\uD83D\uDE00""#,
        r#""\uD800\uDC00""#,
        r#""\udbff\udfff""#,
        r#""\ud834\udd1e x \ud834\udd1e""#,
        // Noncharacters are characters.
        r#""\uFFFE\uFDD0""#,
        r#""\ud83f\udffe""#,
        // What means something elsewhere means nothing here.
        r#""{[,:]}""#,
        r#""}""#,
        r#""]""#,
        r#""/* no comment */ // here""#,
        r#""null""#,
        r#""'""#,
        r#""asked""#,
    ]);
    all.push([b"\"".as_slice(), &b"x".repeat(100_000), b"\""].concat());
    all.push([b"\"".as_slice(), &b"\\n".repeat(50_000), b"\""].concat());
    all
}

/// Strings in which characters stand for themselves.
fn raw_strings() -> impl Iterator<Item = Vec<u8>> {
    let characters = [
        '\u{7f}',
        '\u{80}',
        '\u{a0}',
        'é',
        'ß',
        'π',
        'Я',
        '\u{2028}',
        '\u{2029}',
        '\u{2060}',
        '\u{200b}',
        '\u{202e}',
        '€',
        '語',
        '\u{d7ff}',
        '\u{e000}',
        '\u{fdd0}',
        '\u{feff}',
        '\u{fffd}',
        '\u{ffff}',
        '\u{10000}',
        '😀',
        '\u{1bfff}',
        '\u{10ffff}',
    ];
    characters.into_iter().map(|character| format!("\"{character}a{character}\"").into_bytes())
}

/// Section 5.
fn arrays() -> Vec<Vec<u8>> {
    let mut all = bytes([
        "[]",
        "[ ]",
        "[[]   ]",
        "[\"\"]",
        "[null]",
        "[1,null,null,2]",
        "[null, 1, \"1\", {}]",
        "[ 1]",
        "[2] ",
        "[1\n]",
        "[1,\n2\n,3]",
        "[[[[[]]]]]",
        "[{},{}]",
        "[[1],[2,[3]]]",
    ]);
    all.push([&b"["[..], &b"0,".repeat(20_000), b"0]"].concat());
    // Two brackets less than the limit, for the frame has as many.
    all.push([b"[".repeat(125), b"]".repeat(125)].concat());
    all
}

/// Section 4. Names may stand twice where nobody asks for them.
fn objects() -> Vec<Vec<u8>> {
    let mut all = bytes([
        "{}",
        "{ }",
        r#"{"a":1}"#,
        r#"{"":0}"#,
        r#"{"a":"b","c":"d"}"#,
        r#"{"a":"b","a":"c"}"#,
        r#"{"a":"b","a":"b"}"#,
        r#"{"a\u0000b":42}"#,
        r#"{"\"":1}"#,
        r#"{"a":[]}"#,
        r#"{"a":{"a":{"a":null}}}"#,
        r#"{"min":-1.0e+28,"max":1.0e+28}"#,
        "{\n\"a\": \"b\"\n}",
        r#"{ "a" : 1 , "b" : 2 }"#,
        r#"{"title":"\u041f\u043e\u043b"}"#,
        r#"{"Я":"я"}"#,
        r#"{"null":null}"#,
    ]);
    let many: Vec<String> = (0..5_000).map(|number| format!("\"f{number}\":{number}")).collect();
    all.push(format!("{{{}}}", many.join(",")).into_bytes());
    all
}
