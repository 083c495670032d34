//! A change of a rule file, written as people write changes: lines that go begin with `-`, lines that come with `+`, and
//! lines that stay, which only tell the place, with a space.

/// The text after the change. The lines that go or stay must stand in the text together, and only once.
pub(crate) fn apply(text: &str, change: &str) -> Result<String, String> {
    let (mut before, mut after) = (String::new(), String::new());
    for line in change.split_inclusive('\n') {
        let (sign, rest) = line.split_at_checked(1).unwrap_or((line, ""));
        match sign {
            "-" => before.push_str(rest),
            "+" => after.push_str(rest),
            " " => {
                before.push_str(rest);
                after.push_str(rest);
            }
            "\n" => {
                before.push('\n');
                after.push('\n');
            }
            _ => return Err(format!("`{}` begins with neither `-` nor `+` nor a space", line.trim_end())),
        }
    }
    match text.matches(&before).count() {
        _ if before.is_empty() => Ok(after + text),
        1 => Ok(text.replacen(&before, &after, 1)),
        count => Err(format!("the lines that go or stay stand in the file {count} times")),
    }
}
