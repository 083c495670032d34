//! Records: on both sides of every line that the rules draw, with holes wherever there may be one, and wrong ones.

use jiff::Timestamp;
use jiff::civil::Date;

use super::book::Book;
use super::json::Json;
use super::literal::{DATES, MOMENTS, Seen, TEXTS, cased, decimal};
use super::schema::{self, Field, Holds, Ty};
use crate::source::Source;

/// A record, and what happened to it.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) fields: Json,
    /// The envelope that it comes in, where records come in such.
    pub(crate) envelope: Option<Json>,
    /// A value that does not fit, and where it stands instead of the one that does.
    pub(crate) slip: Option<(Vec<String>, Json)>,
}

impl Record {
    /// The line of a file that it stands on.
    pub(crate) fn line(&self) -> String {
        self.data().written()
    }

    /// The line with its keys in another order.
    pub(crate) fn reordered_line(&self, source: &mut Source) -> String {
        self.data().reordered(source).written()
    }

    fn data(&self) -> &Json {
        self.envelope.as_ref().unwrap_or(&self.fields)
    }
}

/// A record that conforms to the record type of a rulebook.
pub(crate) fn record(source: &mut Source, book: &Book) -> Record {
    let now = book.now.parse().expect("a moment");
    let mut writer = Writer { source, seen: &book.seen, now };
    let fields = writer.object(&book.fields);
    let envelope = book.events.then(|| writer.envelope(&fields, &book.fields));
    let leaves = leaves(&book.fields);
    let slip = (!leaves.is_empty()).then(|| {
        let leaf = source.one(&leaves);
        let lacks = !leaf.may_lack && source.once_in(4);
        (leaf.path, if lacks { Json::Null } else { unfit(source, &leaf.ty) })
    });
    Record { fields, envelope, slip }
}

/// The records of another type, each with a key of its own: some that references name, and not all of them.
pub(crate) fn others(source: &mut Source, fields: &[Field], seen: &Seen, now: &str) -> Vec<Json> {
    let mut writer = Writer { source, seen, now: now.parse().expect("a moment") };
    let keys = fields.iter().find(|field| field.key).map(|field| [field.data_name().to_owned()]);
    let mut others = Vec::new();
    for key in (0..OTHERS).filter_map(|number| keys.clone().map(|path| (path, key_of_other(number)))) {
        if !writer.source.once_in(4) {
            others.push(writer.object(fields).with(&key.0, Json::Text(key.1)));
        }
    }
    others
}

/// How many keys there are for records of other types.
const OTHERS: usize = 8;

fn key_of_other(number: usize) -> String {
    format!("A{number}")
}

/// A single value of a record.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// The keys under which the data hold it.
    pub(crate) path: Vec<String>,
    pub(crate) ty: Ty,
    /// Whether the data may leave it out.
    may_lack: bool,
}

/// The single values that a record type has outside of lists.
pub(crate) fn leaves(fields: &[Field]) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    for field in fields {
        let name = field.data_name().to_owned();
        match &field.holds {
            Holds::Value(ty) => leaves.push(Leaf { path: vec![name], ty: ty.clone(), may_lack: field.may_lack() }),
            Holds::Fields(inner) => leaves.extend(self::leaves(inner).into_iter().map(|mut leaf| {
                leaf.path.insert(0, name.clone());
                Leaf { may_lack: leaf.may_lack || field.may_lack(), ..leaf }
            })),
            Holds::Reference { .. } => {
                leaves.push(Leaf { path: vec![name], ty: Ty::Exact, may_lack: field.may_lack() });
            }
            Holds::Items { .. } => {}
        }
    }
    leaves
}

/// What no field of the type holds.
fn unfit(source: &mut Source, ty: &Ty) -> Json {
    let plain = |text: &str| Json::Plain(text.to_owned());
    let wrong = match ty {
        Ty::Number => [Json::text("many"), plain("true"), plain("1e40"), Json::List(Vec::new())],
        Ty::Truth => [Json::text("perhaps"), plain("3"), Json::Object(Vec::new()), plain("1.5")],
        Ty::Date => [Json::text("2023-02-29"), plain("5"), Json::text("31/01/2026"), plain("true")],
        Ty::Moment => [Json::text("yesterday"), plain("5"), Json::text("2026-01-31T25:00Z"), plain("false")],
        Ty::Duration => [Json::text("5 parsecs"), plain("true"), Json::text("d"), Json::List(Vec::new())],
        Ty::Money(_) => [Json::text("5 XQQ"), plain("true"), Json::text("a lot"), Json::List(Vec::new())],
        Ty::OneOf(_) => [Json::text("none of them"), plain("5"), Json::Object(Vec::new()), plain("true")],
        Ty::List(_) => [plain("5"), Json::text("x"), Json::Object(Vec::new()), plain("true")],
        Ty::Text | Ty::Exact | Ty::Who(_) => {
            [plain("5"), plain("true"), Json::List(Vec::new()), Json::Object(Vec::new())]
        }
    };
    source.one(&wrong)
}

struct Writer<'a> {
    source: &'a mut Source,
    seen: &'a Seen,
    now: Timestamp,
}

impl Writer<'_> {
    fn object(&mut self, fields: &[Field]) -> Json {
        let mut members = Vec::new();
        for field in fields {
            // A key that is not there and a `null` are the same.
            let value = self.field(field);
            if value != Json::Null || self.source.once_in(2) {
                members.push((field.data_name().to_owned(), value));
            }
        }
        Json::Object(members)
    }

    fn field(&mut self, field: &Field) -> Json {
        if field.may_lack() && self.source.once_in(4) {
            if !field.sentinels.is_empty() && self.source.once_in(2) {
                return Json::text(self.source.one(field.sentinels));
            }
            return Json::Null;
        }
        match &field.holds {
            Holds::Value(ty) if field.key => self.key(ty),
            Holds::Value(ty) => self.value(ty),
            Holds::Fields(fields) => self.object(fields),
            Holds::Items { fields, .. } => {
                let count = self.source.below(4);
                Json::List((0..count).map(|_| self.item(fields)).collect())
            }
            Holds::Reference { .. } => Json::Text(key_of_other(self.source.below(OTHERS))),
        }
    }

    /// An item of a list; one that is missing is passed over.
    fn item(&mut self, fields: &[Field]) -> Json {
        if self.source.once_in(8) { Json::Null } else { self.object(fields) }
    }

    fn key(&mut self, _: &Ty) -> Json {
        Json::text(format!("L{}", self.source.below(100)))
    }

    fn value(&mut self, ty: &Ty) -> Json {
        match ty {
            Ty::Text | Ty::Exact => Json::Text(self.text()),
            Ty::OneOf(labels) => {
                let label = self.source.one(labels);
                Json::Text(cased(self.source, label))
            }
            Ty::Number => Json::Plain(self.number()),
            Ty::Money(currency) => self.money(*currency),
            Ty::Truth => Json::Plain(self.source.one(&["false", "true"]).to_owned()),
            Ty::Date => Json::text(self.date().to_string()),
            Ty::Moment => Json::Text(self.moment()),
            Ty::Duration => Json::text(format!("{}s", self.seconds())),
            Ty::Who(_) => {
                let names = ["ana@example.com", "bo@example.com", "triage", "sales", "director", "night", "zoe"];
                Json::text(self.source.one(&names))
            }
            Ty::List(member) => {
                let count = self.source.below(4);
                Json::List((0..count).map(|_| self.value(member)).collect())
            }
        }
    }

    /// Often one that the rules ask for, sometimes with something around it.
    fn text(&mut self) -> String {
        let text = match self.source.below(4) {
            0 | 1 if !self.seen.texts.is_empty() => self.source.one(&self.seen.texts),
            3 if self.source.once_in(4) => {
                return self.source.one(&["x", "", " ", "İzmir", "e\u{301}", "日本", "\u{1f600}"]).to_owned();
            }
            _ => self.source.one(&TEXTS).to_owned(),
        };
        let text = cased(self.source, &text);
        match self.source.below(8) {
            0 => format!("the {text}"),
            1 => format!("{text}s"),
            2 => format!(" {text}, 12"),
            _ => text,
        }
    }

    /// On a line that the rules draw, or just beside it.
    fn number(&mut self) -> String {
        // What may be divided by.
        if self.source.once_in(12) {
            return "0".to_owned();
        }
        if self.source.once_in(100) {
            let edges = [
                "7922816251426433759354395033",
                "-7922816251426433759354395033",
                "0.000000000000000000000000001",
                "9007199254740993",
                "1e3",
            ];
            return self.source.one(&edges).to_owned();
        }
        decimal(self.thousandths())
    }

    fn thousandths(&mut self) -> i64 {
        let line = match self.source.below(3) {
            0 if !self.seen.numbers.is_empty() => self.source.one(&self.seen.numbers),
            1 => self.source.one(&[0, 1_000, 2_000, 10_000]),
            _ => i64::try_from(self.source.below(200)).expect("small") * 1_000 - 20_000,
        };
        line + self.source.one(&[0, 1, -1, 1_000, -1_000])
    }

    fn money(&mut self, currency: Option<&str>) -> Json {
        let amount = decimal(self.thousandths());
        let other = self.source.one(&["EUR", "EUR", "USD"]);
        let code = currency.unwrap_or(other);
        match self.source.below(3) {
            0 if currency.is_some() => Json::Plain(amount),
            1 => Json::Object(vec![
                ("amount".to_owned(), Json::Plain(amount)),
                ("currency".to_owned(), Json::text(code)),
            ]),
            _ => Json::text(format!("{amount} {code}")),
        }
    }

    fn date(&mut self) -> Date {
        let line: Date = match self.source.below(4) {
            0 | 1 if !self.seen.dates.is_empty() => self.source.one(&self.seen.dates),
            2 => Timestamp::from_second(self.now.as_second() - self.elapsed())
                .expect("near")
                .strftime("%Y-%m-%d")
                .to_string()
                .parse()
                .expect("a date"),
            _ => self.source.one(&DATES).parse().expect("a date"),
        };
        let days = self.source.one(&[0, 1, -1]);
        line.checked_add(jiff::Span::new().days(days)).expect("near")
    }

    fn moment(&mut self) -> String {
        match self.source.below(4) {
            0 if !self.seen.moments.is_empty() => self.source.one(&self.seen.moments),
            1 => self.source.one(&MOMENTS).to_owned(),
            2 => self.date().to_string(),
            _ => {
                let beside = self.source.one(&[0, 1, -1]);
                let second = self.now.as_second() - self.elapsed() + beside;
                Timestamp::from_second(second).expect("near").to_string()
            }
        }
    }

    /// A length of time that the rules know, before now or after it.
    fn elapsed(&mut self) -> i64 {
        let elapsed = match self.source.below(2) {
            0 if !self.seen.durations.is_empty() => self.source.one(&self.seen.durations),
            _ => self.source.one(&[0, 3_600, 86_400, 2_592_000, 31_536_000, 2_678_400]),
        };
        elapsed * self.source.one(&[1, -1])
    }

    fn seconds(&mut self) -> i64 {
        (self.elapsed() + self.source.one(&[0, 1, -1])).abs()
    }

    /// What happened to a record.
    fn envelope(&mut self, after: &Json, fields: &[Field]) -> Json {
        let event = self.source.one(&["updated", "created", "deleted", "imported"]);
        let mut members = vec![("event".to_owned(), Json::text(event))];
        if self.source.once_in(2) {
            let actor = self.object(&schema::actor());
            members.push(("actor".to_owned(), actor));
        }
        if self.source.once_in(4) {
            members.push((
                "time".to_owned(),
                Json::text(self.source.one(&["2026-11-20T12:00:00+01:00", "2026-10-25T00:30:00Z"])),
            ));
        }
        if event != "created" {
            let before = if self.source.once_in(3) { after.clone() } else { self.changed(after, fields) };
            members.push(("before".to_owned(), before));
        }
        if event != "deleted" {
            members.push(("after".to_owned(), after.clone()));
        }
        Json::Object(members)
    }

    /// A record of which some values were different.
    fn changed(&mut self, after: &Json, fields: &[Field]) -> Json {
        let mut before = after.clone();
        for field in fields.iter().filter(|field| !field.key) {
            if self.source.once_in(3) {
                let value = self.field(field);
                before = before.with(&[field.data_name().to_owned()], value);
            }
        }
        before
    }
}
