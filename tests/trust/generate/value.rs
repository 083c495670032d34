//! Values: expressions of a given type.

use super::author::Author;
use super::literal::{MONTHS, TEXTS};
use super::schema::Ty;
use super::words::{Phrase, Tight, quoted};

/// All types of single values.
pub(crate) const SINGLE: [Ty; 8] =
    [Ty::Number, Ty::Text, Ty::Truth, Ty::Date, Ty::Moment, Ty::Duration, Ty::Money(Some("EUR")), Ty::Exact];

impl Author<'_> {
    /// A value of the type; the depth says how much may be computed inside each other.
    pub(crate) fn value(&mut self, ty: &Ty, depth: usize) -> Phrase {
        match self.source.below(if depth == 0 { 4 } else { 10 }) {
            0 => self.read(ty).unwrap_or_else(|| self.literal(ty)),
            1 => self.literal(ty),
            2 => self.read(ty).unwrap_or_else(|| self.literal(ty)),
            3 => self.constant(ty).unwrap_or_else(|| self.literal(ty)),
            4 => {
                let (value, fallback) = (self.operand(ty, depth - 1), self.value(ty, 0));
                Phrase::joined(Tight::Default, &value, "default", &fallback, Tight::Unary)
            }
            5 => {
                let condition = self.condition(depth - 1).at(Tight::Condition);
                let nothing = self.source.once_in(5);
                let (then, otherwise) = (self.value(ty, depth - 1), self.value(ty, depth - 1));
                let otherwise = if nothing { Phrase::literal("missing") } else { otherwise };
                let [then, last] = [&then, &otherwise].map(|side| side.at(Tight::Comparison));
                Phrase::new(Tight::Condition, format!("if {condition} then {then} else {last}"))
                    .between(None, &otherwise)
            }
            6 => self.looked_up(ty, depth - 1).unwrap_or_else(|| self.operand(ty, depth - 1)),
            7 if self.events && self.level == 0 => self.previous(ty, depth - 1),
            _ => self.made(ty, depth - 1),
        }
    }

    /// A value that depends on the record where that can be.
    pub(crate) fn operand(&mut self, ty: &Ty, depth: usize) -> Phrase {
        if depth > 0 && self.source.once_in(3) {
            return self.value(ty, depth);
        }
        self.read(ty).unwrap_or_else(|| self.value(ty, depth))
    }

    /// What a value was. A label by itself is one of a type's only where that type is wanted, so it is a field's.
    fn previous(&mut self, ty: &Ty, depth: usize) -> Phrase {
        let closed = matches!(ty, Ty::OneOf(_));
        match if closed { self.read(ty) } else { Some(self.operand(ty, depth)) } {
            Some(value) => Phrase::whole(format!("previous({})", value.argument())),
            None => self.literal(ty),
        }
    }

    /// A value that is computed in a way that its type has.
    fn made(&mut self, ty: &Ty, depth: usize) -> Phrase {
        match ty {
            Ty::Number => self.number(depth),
            Ty::Text => self.text(depth),
            Ty::Money(currency) => self.money(*currency, depth),
            Ty::Truth => self.condition(depth),
            Ty::Date => self.date(depth),
            Ty::Moment => self.moment(depth),
            Ty::Duration => self.duration(depth),
            Ty::Exact | Ty::OneOf(_) | Ty::Who(_) | Ty::List(_) => self.operand(ty, depth),
        }
    }

    fn number(&mut self, depth: usize) -> Phrase {
        let number = |it: &mut Self| it.operand(&Ty::Number, depth);
        match self.source.below(18) {
            0 => self.arithmetic("+", &Ty::Number, &Ty::Number, depth),
            1 => self.arithmetic("-", &Ty::Number, &Ty::Number, depth),
            2 => self.arithmetic("*", &Ty::Number, &Ty::Number, depth),
            3 => self.divided("/", &Ty::Number, &Ty::Number, depth),
            4 => self.divided("%", &Ty::Number, &Ty::Number, depth),
            5 => {
                let function = self.source.one(&["round", "floor", "ceiling", "abs"]);
                self.call(function, &[Ty::Number], depth)
            }
            6 => {
                let digits = self.source.one(&["2", "0", "-1"]);
                let value = number(self).argument();
                Phrase::whole(format!("round({value}, {digits})"))
            }
            7 => {
                let function = self.source.one(&["min", "max"]);
                self.call(function, &[Ty::Number, Ty::Number], depth)
            }
            8 => self.call("length", &[Ty::Text], depth),
            9 => self.part_of_time(depth),
            10 | 15 | 16 => self.folded(&Ty::Number, depth).unwrap_or_else(|| number(self)),
            11 => self.call("number", &[Ty::Text], depth),
            12 => self.call("amount", &[Ty::Money(Some("EUR"))], depth),
            13 => match self.source.below(3) {
                0 => self.call("find", &[Ty::Text, Ty::Text], depth),
                1 => self.divided("/", &Ty::Duration, &Ty::Duration, depth),
                _ => self.divided("/", &Ty::Money(Some("EUR")), &Ty::Money(Some("EUR")), depth),
            },
            14 => self.measured(depth).unwrap_or_else(|| number(self)),
            _ => Phrase::new(Tight::Unary, format!("-{}", number(self).at(Tight::Primary))),
        }
    }

    fn text(&mut self, depth: usize) -> Phrase {
        let text = [Ty::Text];
        match self.source.below(10) {
            0 => self.arithmetic("+", &Ty::Text, &Ty::Text, depth),
            1 => {
                let function = self.source.one(&["lower", "upper", "trim"]);
                self.call(function, &text, depth)
            }
            2 => {
                let function = self.source.one(&["left", "right"]);
                let count = self.source.below(6);
                let value = self.operand(&Ty::Text, depth).argument();
                Phrase::whole(format!("{function}({value}, {count})"))
            }
            3 => {
                let (start, count) = (self.source.below(5), self.source.below(4));
                let value = self.operand(&Ty::Text, depth).argument();
                Phrase::whole(format!("mid({value}, {start}, {count})"))
            }
            4 => {
                let (part, other) = (quoted(self.source.one(&TEXTS)), quoted(self.source.one(&TEXTS)));
                let value = self.operand(&Ty::Text, depth).argument();
                Phrase::whole(format!("replace({value}, {part}, {other})"))
            }
            5 => {
                let ty = self.source.one(&SINGLE);
                self.call("text", &[ty], depth)
            }
            6 => self.call("currency", &[Ty::Money(None)], depth),
            7 => self.folded(&Ty::Text, depth).unwrap_or_else(|| self.operand(&Ty::Text, depth)),
            _ => Phrase::literal(self.sentence(depth)),
        }
    }

    /// A text with values in it.
    pub(crate) fn sentence(&mut self, depth: usize) -> String {
        let mut sentence = self.source.one(&["Call", "a {{brace}}", "50 % of"]).to_owned();
        for _ in 0..self.source.below(3) {
            let ty = self.source.one(&SINGLE);
            let value = self.operand(&ty, depth.min(1));
            // Between the braces of a text no other text can stand.
            let value =
                if value.text.contains(['"', '\\', '{']) { "now".to_owned() } else { value.at(Tight::Condition) };
            sentence.push_str(&format!(" {{{value}}}"));
        }
        format!("\"{sentence}\"")
    }

    fn money(&mut self, currency: Option<&'static str>, depth: usize) -> Phrase {
        let money = Ty::Money(currency);
        if currency.is_none() {
            let number = self.operand(&Ty::Number, depth).argument();
            let code = self.operand(&Ty::Text, depth).argument();
            let code = if self.source.once_in(3) { code } else { quoted(self.source.one(&["EUR", "usd"])) };
            return Phrase::whole(format!("money({number}, {code})"));
        }
        match self.source.below(7) {
            0 => self.arithmetic("+", &money, &money, depth),
            1 => self.arithmetic("-", &money, &money, depth),
            2 => self.arithmetic("*", &money, &Ty::Number, depth),
            3 => self.divided("/", &money, &Ty::Number, depth),
            4 => {
                let function = self.source.one(&["round", "floor", "ceiling", "abs"]);
                self.call(function, &[money], depth)
            }
            5 => self.folded(&money, depth).unwrap_or_else(|| self.operand(&money, depth)),
            _ => {
                let function = self.source.one(&["min", "max"]);
                self.call(function, &[money.clone(), money], depth)
            }
        }
    }

    fn date(&mut self, depth: usize) -> Phrase {
        match self.source.below(4) {
            0 => self.moved(&Ty::Date, depth),
            1 => self.call("date", &[Ty::Moment], depth),
            2 => self.folded(&Ty::Date, depth).unwrap_or_else(|| self.operand(&Ty::Date, depth)),
            _ => self.call("max", &[Ty::Date, Ty::Date], depth),
        }
    }

    fn moment(&mut self, depth: usize) -> Phrase {
        match self.source.below(4) {
            0 => self.moved(&Ty::Moment, depth),
            1 => self.call("datetime", &[Ty::Date], depth),
            2 => self.folded(&Ty::Moment, depth).unwrap_or_else(|| self.operand(&Ty::Moment, depth)),
            _ => self.call("min", &[Ty::Moment, Ty::Moment], depth),
        }
    }

    fn duration(&mut self, depth: usize) -> Phrase {
        match self.source.below(6) {
            0 => {
                let (later, earlier) = (self.some_time(), self.some_time());
                self.arithmetic("-", &later, &earlier, depth)
            }
            1 => self.arithmetic("+", &Ty::Duration, &Ty::Duration, depth),
            2 => self.arithmetic("*", &Ty::Duration, &Ty::Number, depth),
            3 => self.divided("/", &Ty::Duration, &Ty::Number, depth),
            4 => self.arithmetic("-", &Ty::Duration, &Ty::Duration, depth),
            _ => self.call("max", &[Ty::Duration, Ty::Duration], depth),
        }
    }

    /// A date or a moment.
    pub(crate) fn some_time(&mut self) -> Ty {
        self.source.one(&[Ty::Moment, Ty::Date])
    }

    /// A date or moment, so much later or earlier.
    fn moved(&mut self, ty: &Ty, depth: usize) -> Phrase {
        let moment = self.operand(ty, depth);
        let by = if *ty == Ty::Moment { self.distance(true, depth) } else { self.days() };
        let word = self.source.one(&["+", "-"]);
        Phrase::joined(Tight::Sum, &moment, word, &by, Tight::Product)
    }

    /// A length of time to count from a moment, in business hours too if those can be.
    pub(crate) fn distance(&mut self, with_hours: bool, depth: usize) -> Phrase {
        match self.source.below(4) {
            0 => self.literal(&Ty::Duration),
            1 => Phrase::literal(self.source.one(&MONTHS)),
            2 => self.business(with_hours).unwrap_or_else(|| self.literal(&Ty::Duration)),
            _ => self.value(&Ty::Duration, depth.min(1)),
        }
    }

    /// A length of whole days to count from a day, which is one again then.
    fn days(&mut self) -> Phrase {
        match self.source.below(3) {
            0 => Phrase::literal(self.source.one(&["2d", "1w", "365 days"])),
            1 => Phrase::literal(self.source.one(&MONTHS)),
            _ => self.business(false).unwrap_or_else(|| Phrase::literal("1d")),
        }
    }

    /// A length of working time.
    fn business(&mut self, with_hours: bool) -> Option<Phrase> {
        let on = self.on_calendar(" on ")?;
        let count = self.source.between(1, 12);
        let unit = if with_hours && self.source.once_in(2) { "hour" } else { "day" };
        let unit = if count == 1 { unit.to_owned() } else { format!("{unit}s") };
        Some(Phrase::literal(format!("{count} business {unit}{on}")))
    }

    /// Which calendar is meant, if there is any; the only one need not be named.
    fn on_calendar(&mut self, word: &str) -> Option<String> {
        let calendar = *self.calendars.get(self.source.below(self.calendars.len()))?;
        let silent = self.calendars.len() == 1 && !self.source.once_in(3);
        Some(if silent { String::new() } else { format!("{word}{calendar}") })
    }

    /// Working time between two moments.
    fn measured(&mut self, depth: usize) -> Option<Phrase> {
        let calendar = self.on_calendar(", ")?;
        let function = self.source.one(&["business_hours", "business_days"]);
        let (from, to) = (self.some_time(), self.some_time());
        let (from, to) = (self.operand(&from, depth).argument(), self.operand(&to, depth).argument());
        Some(Phrase::whole(format!("{function}({from}, {to}{calendar})")))
    }

    fn part_of_time(&mut self, depth: usize) -> Phrase {
        let functions = ["year", "quarter", "month", "week", "day", "weekday", "hour", "minute"];
        let place = self.source.below(functions.len());
        let ty = if place < 6 { self.some_time() } else { Ty::Moment };
        self.call(functions[place], &[ty], depth)
    }

    fn arithmetic(&mut self, sign: &str, left: &Ty, right: &Ty, depth: usize) -> Phrase {
        let (left, right) = (self.operand(left, depth), self.operand(right, depth));
        let (tight, tighter) =
            if sign == "*" { (Tight::Product, Tight::Default) } else { (Tight::Sum, Tight::Product) };
        Phrase::joined(tight, &left, sign, &right, tighter)
    }

    /// A quotient or remainder. That a constant divides by zero is found by the check, so it is something read.
    pub(crate) fn divided(&mut self, sign: &str, left: &Ty, right: &Ty, depth: usize) -> Phrase {
        let left = self.operand(left, depth);
        let right = match (self.read(right), right) {
            (Some(right), _) => right,
            (None, Ty::Duration) => Phrase::literal("1d"),
            (None, Ty::Money(Some(currency))) => Phrase::literal(format!("3 {currency}")),
            (None, _) => Phrase::literal("3"),
        };
        Phrase::joined(Tight::Product, &left, sign, &right, Tight::Default)
    }

    fn call(&mut self, function: &str, types: &[Ty], depth: usize) -> Phrase {
        let arguments: Vec<String> = types.iter().map(|ty| self.operand(ty, depth).argument()).collect();
        Phrase::whole(format!("{function}({})", arguments.join(", ")))
    }

    /// A value out of a row of reference data.
    fn looked_up(&mut self, ty: &Ty, depth: usize) -> Option<Phrase> {
        let reference = self.references.get(self.source.below(self.references.len()))?.clone();
        let fitting: Vec<&str> = reference.columns[1..]
            .iter()
            .filter(|column| matches!(&column.holds, super::schema::Holds::Value(held) if held == ty))
            .map(|column| column.name)
            .collect();
        let column = *fitting.get(self.source.below(fitting.len()))?;
        Some(Phrase::whole(format!("{}.{column}", self.row(&reference, depth))))
    }

    /// A row of reference data.
    pub(crate) fn row(&mut self, reference: &super::author::Reference, depth: usize) -> String {
        let key = self.operand(&Ty::Text, depth).argument();
        format!("{}[{key}]", reference.name)
    }
}
