//! What looks like JSON and is not.

/// Values that are none.
pub(super) fn values() -> Vec<Vec<u8>> {
    let written = [literals(), owned(NUMBERS), strings(), arrays(), objects()];
    written.into_iter().flatten().chain(bytes_that_are_no_text()).collect()
}

/// Whole records that are none.
pub(super) fn records() -> Vec<Vec<u8>> {
    let mut all = owned(RECORDS);
    all.extend([
        b"\xef\xbb".to_vec(),
        b"{}\x00".to_vec(),
        b"\x00{}".to_vec(),
        b"{\x00}".to_vec(),
        b"\xe9".to_vec(),
        b"{}\xe9".to_vec(),
    ]);
    all.push(b"{\"a\":".repeat(100_000));
    all.push([b"{\"a\":".as_slice(), &b"[".repeat(100_000)].concat());
    all.push(b"[{\"\":".repeat(50_000));
    all.push([b"{\"a\":".as_slice(), &b"[".repeat(200), &b"]".repeat(200), b"}"].concat());
    all
}

fn owned(written: &[&str]) -> Vec<Vec<u8>> {
    written.iter().map(|value| value.as_bytes().to_vec()).collect()
}

fn literals() -> Vec<Vec<u8>> {
    owned(&[
        "nul",
        "nulll",
        "tru",
        "truth",
        "fals",
        "falsee",
        "True",
        "FALSE",
        "Null",
        "undefined",
        "None",
        "yes",
        "x",
        "n",
        "",
        " ",
    ])
}

fn strings() -> Vec<Vec<u8>> {
    owned(&[
        // Quotation marks.
        "\"",
        "\"a",
        "a\"",
        "'a'",
        "\"a\"b\"",
        "\"\"\"",
        "“a”",
        "`a`",
        "é",
        "\"a\"\"b\"",
        "\"a\" \"b\"",
        "\\u0022a\"",
        // Escapes that do not exist or break off.
        r#""\""#,
        r#""\\\""#,
        r#""\x41""#,
        r#""\a""#,
        r#""\'""#,
        r#""\0""#,
        r#""\ ""#,
        r#""\🌀""#,
        r#""\U0041""#,
        r#""\u""#,
        r#""\u1""#,
        r#""\u00A""#,
        r#""\u00G0""#,
        r#""\uqqqq""#,
        r#""\u 041""#,
        r#""\u+041""#,
        r#""\u{41}""#,
        r#""\ud834\ud""#,
        r#""\ud800\u""#,
        r#""\ud800\u1""#,
        r#""\ud800\u1x""#,
        // Control characters.
        "\"\t\"",
        "\"\u{1}\"",
        "\"\u{1f}\"",
        "\"a\u{0}b\"",
        "\"\u{b}\"",
        "\"\u{c}\"",
        "\"\\\t\"",
        "\u{c}1",
        "\u{b}1",
        "1\u{0}",
    ])
}

fn arrays() -> Vec<Vec<u8>> {
    owned(&[
        "[",
        "]",
        "[]]",
        "[[]",
        "[1",
        "[1,",
        "[1,]",
        "[1,,]",
        "[,1]",
        "[,]",
        "[1,,2]",
        "[\"x\",,]",
        "[1 true]",
        "[3[4]]",
        "[1:2]",
        "[\"\": 1]",
        "[\"a\",4,",
        "[-]",
        "[*]",
        "[x",
        "[{}",
        "[{]",
        "[}",
        "(1)",
        "[1;2]",
        "[\u{c}]",
        "[   , \"\"]",
        "[1}",
        "<1>",
        "[\"x\"",
        "[False]",
        "[1 2]",
        "[[1,2],]",
    ])
}

fn objects() -> Vec<Vec<u8>> {
    owned(&[
        // Names.
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{true:1}",
        "{[]:1}",
        "{{}:1}",
        "{9999E9999:1}",
        "{:1}",
        "{\"a\\\":1}",
        // Colons and values.
        "{\"a\"}",
        "{\"a\",1}",
        "{\"a\" 1}",
        "{\"a\"::1}",
        "{\"a\":}",
        "{\"a\":,}",
        "{\"a\":1 2}",
        "{\"a\"=1}",
        "{\"a\":\"b\" 1}",
        "{\"a\":'b'}",
        // Commas.
        "{,}",
        "{,\"a\":1}",
        "{\"a\":1,}",
        "{\"a\":1,,}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":1,\"b\"}",
        // Comments.
        "{/* x */}",
        "{\"a\":/* x */1}",
        "{\"a\":1/**/}",
        "{\"a\":1 // x\n}",
        "{\"a\":1 # x\n}",
        "/**/1",
        "1/**/",
        "{🇨🇭}",
        "{\"a\":1)",
        "{\"a\":1]",
    ])
}

/// UTF-8 that is broken: alone, in strings, in names, behind numbers.
fn bytes_that_are_no_text() -> Vec<Vec<u8>> {
    let broken: [&[u8]; 12] = [
        b"\xff",
        b"\xfe",
        b"\xe5",
        b"\x80",
        b"\xbf",
        b"\xc3",
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xed\xa0\x80",
        b"\xf0\x80\x80\xaf",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
    ];
    let mut all = Vec::new();
    for bytes in broken {
        all.push(bytes.to_vec());
        all.push([b"\"", bytes, b"\""].concat());
        all.push([b"\"a", bytes, b"a\""].concat());
        all.push([b"{\"", bytes, b"\":1}"].concat());
        all.push([b"1", bytes].concat());
        all.push([b"[1", bytes, b"]"].concat());
        all.push([b"1e1", bytes].concat());
        all.push([b"\"\\u", bytes, b"\""].concat());
    }
    all
}

const RECORDS: &[&str] = &[
    // Nothing but brackets, or some of them.
    "{",
    "}",
    "{{",
    "{}}",
    "{]",
    "{[",
    "{,",
    "{,}",
    "{\"a",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":[",
    "{\"a\":[1",
    "{\"a\":{",
    "{\"a\":{}",
    "{\"a\":\"",
    "{\"a\":\"b",
    "{\"a\":\"b\\",
    "{\"a\":tru",
    "{\"a\":-",
    "{\"a\":1.",
    "{\"a\":1e",
    // More behind the record.
    "{}x",
    "{},",
    "{}:",
    "{}]",
    "{}/",
    "{}//",
    "{}/**/",
    "{}#",
    "{}#{}",
    "{}\"x\"",
    "{} true",
    "{}1",
    "{}\u{2060}",
    "{}\u{a0}",
    // More before it.
    "x{}",
    ",{}",
    ":{}",
    "/**/{}",
    "// x {}",
    "\u{2060}{}",
    "\u{a0}{}",
    "\\u0020{}",
    "<{}>",
    "'{}'",
    "(){}",
    "\u{feff}\u{feff}{}",
    // No record.
    "null",
    "true",
    "7",
    "\"text\"",
    "{}{",
    "*",
    "å",
    "<null>",
    "'a'",
    "abc",
    "2@",
    "\"x",
    "-",
    "nul",
];

const NUMBERS: &[&str] = &[
    // Signs.
    "+1",
    "++1",
    "--1",
    "- 1",
    "-",
    "+",
    "1+2",
    "1-",
    "-a",
    "-+1",
    // Leading zeros, and fractions that lack a side.
    "01",
    "-01",
    "00",
    "-00",
    "012",
    "-012",
    "1.",
    "-1.",
    "0.",
    ".1",
    "-.1",
    ".",
    "-.",
    "0.e1",
    "2.e3",
    "2.e+3",
    ".2e-3",
    "1.-2",
    "1..2",
    "0.1.2",
    "1.2.3e4",
    // Exponents.
    "1e",
    "1E",
    "1e+",
    "1e-",
    "0e",
    "0e+",
    "0E+",
    "1.0e",
    "1.0e+",
    "1eE2",
    "1ee2",
    "0e+-1",
    "1e1.5",
    "1e1e1",
    "1e 5",
    "9.e+",
    "1ea",
    // Other notations.
    "0x1",
    "0x42",
    "1_000",
    "1 000",
    "NaN",
    "-NaN",
    "Inf",
    "Infinity",
    "-Infinity",
    "+Inf",
    "1f",
    "1n",
    "-1x",
    "1.2a-3",
    "-123.123foo",
    "1.8e-308H",
    "0b1",
    "#1",
    "\u{ff11}",
    "\u{663}",
    "1\u{a0}",
    "\u{2212}1",
    "½",
];
