//! Rule sets and rules.

use super::author::Author;
use super::book::Item;
use super::literal::DATES;
use super::schema::Ty;
use super::words::Phrase;

/// What is decided about a set before its rules are written.
struct Set {
    policy: &'static str,
    /// Whether its rules may settle something that can be settled once only.
    settles: bool,
}

/// What all rules of a set ask about.
enum Shared {
    /// A value by which they are told apart.
    Apart((Phrase, Ty)),
    /// Values that each rule wants something of.
    Guard(Vec<(Phrase, Ty)>),
}

impl Author<'_> {
    /// All that is done: guards, rule sets one after the other, and rules outside of any.
    pub(crate) fn rule_sets(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for _ in 0..self.source.below(3) {
            items.extend(self.guard());
        }
        let mut written: Vec<String> = Vec::new();
        for number in 1..=self.source.between(1, 3) {
            let name = format!("Set {number}");
            let (words, after) = self.set_words(&written);
            // Sets that nothing puts in order must not settle the same.
            let settles = written.is_empty() || after;
            let head = format!("rules \"{name}\" for {}{words}", self.root);
            items.push(self.set(head, settles));
            written.push(name);
        }
        for _ in 0..self.source.below(3) {
            items.extend(self.bare_rule().map(Item::bare));
        }
        items
    }

    /// What stands behind the name of a set, its policy apart, and whether it comes after all others.
    fn set_words(&mut self, before: &[String]) -> (String, bool) {
        let mut words = String::new();
        let after = !before.is_empty() && !self.source.once_in(3);
        if self.events && self.source.once_in(3) {
            let event = self.source.one(&[
                "on created",
                "on updated",
                "on created or updated",
                "on becoming true",
                "on deleted",
            ]);
            words.push_str(&format!(", {event}"));
        }
        if after {
            let names: Vec<String> = before.iter().map(|name| format!("\"{name}\"")).collect();
            words.push_str(&format!(", after {}", names.join(", ")));
        }
        if self.source.once_in(4) {
            words.push_str(&format!(", only when {}", self.condition(1).between_commas()));
        }
        (words, after)
    }

    fn set(&mut self, head: String, settles: bool) -> Item {
        let policy = self.source.one(&["all matches", "first match", "unique match"]);
        let set = Set { policy, settles: settles && !self.source.once_in(4) };
        let shared = match policy {
            "unique match" => self.apart_by().map(Shared::Apart),
            _ if self.source.once_in(2) => Some(Shared::Guard(self.guarded_by())),
            _ => None,
        };
        let mut rules = Vec::new();
        for place in 0..self.source.between(1, 6) {
            let head = if self.source.once_in(5) { String::new() } else { self.rule_head() };
            rules.push(self.rule(&set, head, shared.as_ref(), place));
        }
        let stops = rules.iter().any(|rule| rule.contains("stop"));
        if self.source.once_in(2) {
            rules.push(format!("otherwise {}", self.effects(set.settles, false)));
        }
        let free = !set.settles && policy != "first match" && !stops;
        Item::set(format!("{head}, {policy}"), rules, free)
    }

    /// A rule outside of any set, which tells by what it asks which records it is about.
    fn bare_rule(&mut self) -> Option<String> {
        let head = if self.source.once_in(3) { String::new() } else { self.rule_head() };
        let condition = self.condition_about_record()?;
        Some(format!("{head} when {condition} then {}", self.effects(false, false)).trim_start().to_owned())
    }

    /// A condition that asks for something of the record, if it has anything.
    fn condition_about_record(&mut self) -> Option<String> {
        let stored: Vec<String> = self.writable.iter().map(|(field, _)| field.name.clone()).collect();
        let about = (!stored.is_empty()).then(|| self.source.one(&stored))?;
        Some(format!("all of ({about} is present, {})", self.condition(2).between_commas()))
    }

    fn rule_head(&mut self) -> String {
        let mut head = format!("rule \"R{}\"", self.next_number());
        match self.source.below(12) {
            0..=8 => {}
            9 => head.push_str(" disabled"),
            10 => head.push_str(&format!(" from {}", self.source.one(&DATES))),
            _ => head.push_str(&format!(" until {}", self.source.one(&DATES))),
        }
        head
    }

    /// A rule; where rules must be told apart, by a value and the rule's place.
    fn rule(&mut self, set: &Set, head: String, shared: Option<&Shared>, place: usize) -> String {
        let condition = match shared {
            Some(Shared::Apart((subject, ty))) => {
                let own = self.own_part(subject, ty, place).between_commas();
                let more = self.condition(1).between_commas();
                format!("all of ({own}, {more})")
            }
            Some(Shared::Guard(subjects)) => self.guarded(subjects),
            None => self.condition(3).text,
        };
        let stops = set.policy == "all matches" && set.settles && self.source.once_in(10);
        let effects = self.effects(set.settles, stops);
        format!("{head} when {condition} then {effects}").trim_start().to_owned()
    }

    /// What the rules of a set ask about again and again: a plan asks it once, and passes over all rules that are out.
    fn guarded_by(&mut self) -> Vec<(Phrase, Ty)> {
        (0..self.source.between(1, 2)).map(|_| self.subject(0)).collect()
    }

    /// A condition that begins with questions about these, before or behind one that may fault.
    fn guarded(&mut self, subjects: &[(Phrase, Ty)]) -> String {
        let mut parts: Vec<Phrase> = subjects.iter().map(|(subject, ty)| self.test_of(subject, ty, 0)).collect();
        if !self.scalar && self.source.once_in(3) {
            let place = self.source.below(parts.len() + 1);
            parts.insert(place, self.test_that_may_fault());
        }
        if self.source.once_in(2) {
            parts.push(self.condition(1));
        }
        if let [alone] = parts.as_slice() {
            return alone.text.clone();
        }
        let parts: Vec<String> = parts.iter().map(Phrase::between_commas).collect();
        format!("all of ({})", parts.join(", "))
    }

    /// What tells the rules of a `unique match` set apart.
    fn apart_by(&mut self) -> Option<(Phrase, Ty)> {
        let types = self.readable_types();
        let ty = types.into_iter().find(|ty| matches!(ty, Ty::Number | Ty::OneOf(_) | Ty::Text))?;
        Some((self.read(&ty)?, ty))
    }

    fn own_part(&mut self, subject: &Phrase, ty: &Ty, place: usize) -> Phrase {
        match ty {
            Ty::Number => Phrase::said_of(subject, format!("in ({}..<{})", place * 20, place * 20 + 20)),
            Ty::OneOf(labels) => Phrase::said_of(subject, format!("is \"{}\"", labels[place % labels.len()])),
            _ => self.test_of(subject, ty, 0),
        }
    }

    /// `never send email when …`
    fn guard(&mut self) -> Option<Item> {
        let mut blocked =
            vec!["send email", "notify", "create task", "assign", "reject", "accept", "call crm", "start review"];
        let target = self.targets.first().map(|target| format!("assign {} {}", target.kind, target.name));
        blocked.extend(target.as_deref());
        let blocked = self.source.one(&blocked).to_owned();
        let blocked = match (self.source.once_in(3), self.writable.is_empty()) {
            (true, false) => format!("set {}", self.source.one(&self.writable).0.name),
            _ => blocked,
        };
        Some(Item::guard(format!("never {blocked} when {}", self.condition_about_record()?)))
    }
}
