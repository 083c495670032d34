//! Conditions: every operator, on whatever it can be asked of.

use super::author::{Asked, Author};
use super::literal::{MONTHS, PATTERNS};
use super::schema::Ty;
use super::words::{Phrase, Tight};

impl Author<'_> {
    /// A condition; the depth says how many may stand inside each other.
    pub(crate) fn condition(&mut self, depth: usize) -> Phrase {
        if depth == 0 {
            return self.test(0);
        }
        match self.source.below(12) {
            0..=4 => self.test(depth - 1),
            5 | 6 => self.connected(depth - 1),
            7 => {
                let condition = self.condition(depth - 1);
                Phrase::new(Tight::Not, format!("not {}", condition.at(Tight::Not))).between(None, &condition)
            }
            8 | 9 => self.listed(depth - 1),
            10 => self.any_item(depth - 1).unwrap_or_else(|| self.test(depth - 1)),
            _ => self.of_reference(depth - 1).unwrap_or_else(|| self.test(depth - 1)),
        }
    }

    /// `a and b`, `a or b`.
    fn connected(&mut self, depth: usize) -> Phrase {
        let word = self.source.one(&["and", "or"]);
        let parts: Vec<Phrase> = (0..self.source.between(2, 3)).map(|_| self.condition(depth)).collect();
        let words: Vec<String> = parts.iter().map(|part| part.at(Tight::Not)).collect();
        let both = Phrase::new(Tight::Condition, words.join(&format!(" {word} ")));
        both.between(parts.first(), &parts[parts.len() - 1])
    }

    /// `all of (…)`, `any of (…)`, `none of (…)`.
    fn listed(&mut self, depth: usize) -> Phrase {
        let word = self.source.one(&["all", "any", "none"]);
        let parts: Vec<String> =
            (0..self.source.between(1, 4)).map(|_| self.condition(depth).between_commas()).collect();
        let last = if self.source.once_in(6) { "," } else { "" };
        Phrase::whole(format!("{word} of ({}{last})", parts.join(", ")))
    }

    /// Whether there is a row of reference data, or the record that a reference leads to.
    fn of_reference(&mut self, depth: usize) -> Option<Phrase> {
        let links = self.links.clone();
        if let Some(link) = links.get(self.source.below(links.len() + 1)) {
            return Some(Phrase::said_of(&Phrase::whole(link), self.source.one(&["is missing", "is present"])));
        }
        let reference = self.references.get(self.source.below(self.references.len()))?.clone();
        let row = self.row(&reference, depth);
        Some(Phrase::said_of(&Phrase::whole(row), self.source.one(&["is missing", "is present"])))
    }

    /// One question.
    fn test(&mut self, depth: usize) -> Phrase {
        if self.events && self.level == 0 && self.source.once_in(6) {
            return self.event_test(depth);
        }
        if self.source.once_in(12)
            && let Some(list) = self.list_value(&Ty::Text, depth)
        {
            return self.test_of_list(&list, &Ty::Text);
        }
        if self.level > 0 {
            let (subject, ty) = self.subject(depth);
            return self.test_of(&subject, &ty, depth);
        }
        if !self.scalar && self.source.once_in(12) {
            return self.test_that_may_fault();
        }
        let (subject, ty) = match self.known_question() {
            Some(asked) if self.source.once_in(3) => return asked.test,
            Some(asked) => (asked.subject, asked.ty),
            None => self.subject(depth),
        };
        let test = self.test_of(&subject, &ty, depth);
        self.asked.push(Asked { subject, ty, test: test.clone() });
        test
    }

    /// A question of which the answer may be a fault: dividing by what may be zero.
    pub(crate) fn test_that_may_fault(&mut self) -> Phrase {
        let quotient = self.divided("/", &Ty::Number, &Ty::Number, 0);
        let test = self.test_of_order(&quotient, &Ty::Number, 0);
        self.asked.push(Asked { subject: quotient, ty: Ty::Number, test: test.clone() });
        test
    }

    /// Something to ask about: now and then what a set before has written, or what a set may write yet.
    pub(crate) fn subject(&mut self, depth: usize) -> (Phrase, Ty) {
        if self.level == 0 && self.source.once_in(3) {
            let known = if self.written.is_empty() { self.derived_from_fields() } else { self.written.clone() };
            if !known.is_empty() {
                let named = self.source.one(&known);
                return (Phrase::whole(named.name), named.ty);
            }
        }
        let types = self.readable_types();
        let ty = self.source.one(&types);
        (self.operand(&ty, depth), ty)
    }

    /// Now and then a question that was asked before: rules ask the same things again, and what follows from an answer
    /// for other questions about the same value is what a plan is about.
    fn known_question(&mut self) -> Option<Asked> {
        if !self.source.once_in(3) {
            return None;
        }
        let place = self.source.below(self.asked.len());
        self.asked.iter().rev().nth(place).cloned()
    }

    /// One question about a value.
    pub(crate) fn test_of(&mut self, subject: &Phrase, ty: &Ty, depth: usize) -> Phrase {
        if self.source.once_in(8) {
            let words = if ty.is_textual() { 3 } else { 2 };
            return Phrase::said_of(subject, ["is missing", "is present", "is blank"][self.source.below(words)]);
        }
        match ty {
            Ty::Truth => match self.source.below(4) {
                0 | 1 => subject.clone(),
                2 => {
                    let value = self.literal(ty);
                    self.equality(subject, &value)
                }
                _ => {
                    let value = self.operand(ty, depth.min(1));
                    self.equality(subject, &value)
                }
            },
            ty if ty.is_textual() => self.test_of_text(subject, ty, depth),
            Ty::List(member) => self.test_of_list(subject, member),
            Ty::Date | Ty::Moment if !self.source.once_in(3) => self.test_of_time(subject, ty, depth),
            ty => self.test_of_order(subject, ty, depth),
        }
    }

    fn equality(&mut self, subject: &Phrase, value: &Phrase) -> Phrase {
        let sign = self.source.one(&["is", "=", "is not", "!="]);
        Phrase::said_of(subject, format!("{sign} {}", value.at(Tight::Sum)))
    }

    fn test_of_order(&mut self, subject: &Phrase, ty: &Ty, depth: usize) -> Phrase {
        match self.source.below(8) {
            0..=3 => {
                let sign = self.source.one(&[">", "<", ">=", "<="]);
                // What is known may stand first: `5 <= lead.score`.
                if self.source.once_in(4) {
                    let bound = self.constant(ty).unwrap_or_else(|| self.literal(ty));
                    return Phrase::said_of(&bound, format!("{sign} {}", subject.at(Tight::Sum)));
                }
                let value = self.value(ty, depth.min(1)).at(Tight::Sum);
                Phrase::said_of(subject, format!("{sign} {value}"))
            }
            4 => {
                let value = self.value(ty, depth.min(1));
                self.equality(subject, &value)
            }
            5 => {
                let words = self.source.one(&["between", "is between", "not between"]);
                let (least, most) = (self.literal(ty).at(Tight::Sum), self.value(ty, 0).at(Tight::Sum));
                Phrase::said_of(subject, format!("{words} {least} and {most}"))
            }
            _ => self.membership(subject, ty),
        }
    }

    /// `in` a list, of single values or ranges.
    fn membership(&mut self, subject: &Phrase, ty: &Ty) -> Phrase {
        let words = self.source.one(&["in", "not in", "is in"]);
        let named: Vec<String> = self.lists.iter().filter(|list| list.ty == *ty).map(|it| it.name.clone()).collect();
        if !named.is_empty() && self.source.once_in(3) {
            return Phrase::said_of(subject, format!("{words} {}", self.source.one(&named))).open();
        }
        let mut entries = Vec::new();
        for _ in 0..self.length_of_list() {
            let first = self.literal(ty).at(Tight::Unary);
            let ordered = matches!(ty, Ty::Number | Ty::Date | Ty::Moment | Ty::Duration | Ty::Money(_));
            entries.push(if ordered && self.source.once_in(2) {
                let sign = self.source.one(&["..", "..<"]);
                format!("{first}{sign}{}", self.literal(ty).at(Tight::Unary))
            } else {
                first
            });
        }
        let entries = entries.join(", ");
        if self.source.once_in(3) {
            return Phrase::said_of(subject, format!("{words} {entries}")).open();
        }
        Phrase::said_of(subject, format!("{words} ({entries})"))
    }

    fn test_of_text(&mut self, subject: &Phrase, ty: &Ty, depth: usize) -> Phrase {
        match self.source.below(if matches!(ty, Ty::OneOf(_)) { 5 } else { 12 }) {
            0 | 1 => {
                let value = self.literal(ty);
                self.equality(subject, &value)
            }
            2 => self.membership(subject, ty),
            3 => {
                let value = self.read(ty).unwrap_or_else(|| self.literal(ty));
                self.equality(subject, &value)
            }
            4 if !self.scalar => {
                let pattern = self.source.one(&PATTERNS);
                match self.source.below(3) {
                    0 => Phrase::said_of(subject, format!("matches {pattern}")),
                    1 => Phrase::said_of(subject, format!("does not match {pattern}")),
                    _ => {
                        Phrase::said_of(subject, format!("matches any of ({pattern}, {})", self.source.one(&PATTERNS)))
                    }
                }
            }
            _ => {
                let words = self.source.one(&[
                    "contains",
                    "starts with",
                    "ends with",
                    "contains word",
                    "does not contain",
                    "does not start with",
                    "does not end with",
                    "does not contain word",
                ]);
                let operand = match self.source.below(5) {
                    0 | 1 => self.literal(&Ty::Text).text,
                    2 => format!("any of {}", self.bracketed(&Ty::Text, 1)),
                    3 => format!("all of {}", self.bracketed(&Ty::Text, 1)),
                    _ => self.operand(&Ty::Text, depth.min(1)).at(Tight::Sum),
                };
                Phrase::said_of(subject, format!("{words} {operand}"))
            }
        }
    }

    fn test_of_list(&mut self, list: &Phrase, member: &Ty) -> Phrase {
        let words = self.source.one(&["contains", "does not contain"]);
        let operand = match self.source.below(3) {
            0 => self.literal(member).at(Tight::Sum),
            1 => format!("any of {}", self.bracketed(member, 1)),
            _ => format!("all of {}", self.bracketed(member, 1)),
        };
        Phrase::said_of(list, format!("{words} {operand}"))
    }

    fn test_of_time(&mut self, subject: &Phrase, ty: &Ty, depth: usize) -> Phrase {
        match self.source.below(6) {
            0 => {
                let words = self.source.one(&["before", "after", "is before", "not after"]);
                let other = self.some_time();
                let value = self.value(&other, depth.min(1)).at(Tight::Sum);
                Phrase::said_of(subject, format!("{words} {value}"))
            }
            1..=3 => {
                let words = self.source.one(&["within last", "within next", "older than", "not within last"]);
                let by = self.distance(*ty == Ty::Moment, 0).at(Tight::Sum);
                Phrase::said_of(subject, format!("{words} {by}"))
            }
            4 if !self.calendars.is_empty() => {
                let words = self.source.one(&["during", "not during", "is during"]);
                let calendar = self.source.one(&self.calendars.clone());
                Phrase::said_of(subject, format!("{words} {calendar}"))
            }
            4 => self.membership(subject, ty),
            _ => {
                let earlier = self.operand(ty, 0);
                let sign = self.source.one(&[">", "<=", "<"]);
                let months = self.source.one(&MONTHS);
                let between = Phrase::joined(Tight::Sum, subject, "-", &earlier, Tight::Product);
                let by = if self.source.once_in(2) { months.to_owned() } else { self.literal(&Ty::Duration).text };
                Phrase::said_of(&between, format!("{sign} {by}"))
            }
        }
    }

    /// What has changed in this event.
    fn event_test(&mut self, depth: usize) -> Phrase {
        if self.source.once_in(6) {
            let words = self.source.one(&["is new", "is not new"]);
            return Phrase::said_of(&Phrase::whole(self.root), words);
        }
        let types = self.readable_types();
        let ty = self.source.one(&types);
        let subject = self.operand(&ty, depth.min(1));
        let says = match self.source.below(6) {
            0 => "changed".to_owned(),
            1 => format!("changed to {}", self.bracketed(&ty, 1)),
            2 => format!("changed from {}", self.bracketed(&ty, 1)),
            3 => format!("changed from {} to {}", self.bracketed(&ty, 1), self.bracketed(&ty, 1)),
            4 => format!("{} {}", self.source.one(&["was", "was not"]), self.bracketed(&ty, 1)),
            _ => format!("becomes {}", self.bracketed(&ty, 1)),
        };
        Phrase::said_of(&subject, says)
    }
}
