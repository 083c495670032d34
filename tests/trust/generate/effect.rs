//! Effects: what a rule does.

use super::author::{Author, Named};
use super::schema::Ty;
use super::words::{Phrase, Tight};

impl Author<'_> {
    /// One effect or several, one of each kind at most of those that can be settled once only.
    pub(crate) fn effects(&mut self, settles: bool, stops: bool) -> String {
        let mut effects = Vec::new();
        if settles && self.source.once_in(2) {
            effects.push(self.assignment());
        }
        if settles && !self.writable.is_empty() && self.source.once_in(2) {
            effects.push(self.change());
        }
        if settles && self.source.once_in(6) {
            effects.push("accept".to_owned());
        }
        for _ in 0..self.source.below(3) {
            effects.push(self.message(settles));
        }
        if stops {
            effects.push("stop".to_owned());
        }
        if effects.is_empty() {
            effects.push(self.message(settles));
        }
        effects.join(" ")
    }

    fn assignment(&mut self) -> String {
        match self.source.below(8) {
            0 => "leave unassigned".to_owned(),
            1 => "keep owner".to_owned(),
            _ => {
                let (target, is_team) = self.target();
                let by = if is_team { self.selection() } else { String::new() };
                format!("assign {target}{by}{}", self.deadline(2))
            }
        }
    }

    /// Somebody, and whether it is a team.
    fn target(&mut self) -> (String, bool) {
        let declared = self.targets.clone();
        match self.source.below(6) {
            0 => ("\"ana@example.com\"".to_owned(), false),
            1 => match self.read(&Ty::Who("user")) {
                Some(owner) => (format!("({} default \"dana@example.com\")", owner.text), false),
                None => ("\"bo@example.com\"".to_owned(), false),
            },
            2 => match self.read(&Ty::Who("queue")) {
                Some(desk) => (format!("queue {}", desk.text), false),
                None => ("\"bo@example.com\"".to_owned(), false),
            },
            _ if declared.is_empty() => ("\"ana@example.com\"".to_owned(), false),
            _ => {
                let target = self.source.one(&declared);
                let kind = if self.source.once_in(2) { format!("{} ", target.kind) } else { String::new() };
                (format!("{kind}{}", target.name), target.kind == "team")
            }
        }
    }

    fn selection(&mut self) -> String {
        match self.source.below(4) {
            0 => String::new(),
            1 => " by round robin".to_owned(),
            2 => " by least loaded".to_owned(),
            _ => {
                let types = self.readable_types();
                let ty = self.source.one(&types);
                format!(" by hash of {}", self.operand(&ty, 0).at(Tight::Sum))
            }
        }
    }

    fn deadline(&mut self, escalations: usize) -> String {
        if !self.source.once_in(2) {
            return String::new();
        }
        let within = format!(" within {}", self.distance(true, 0).at(Tight::Sum));
        if escalations == 0 || !self.source.once_in(3) {
            return within;
        }
        let (target, _) = self.target();
        format!("{within} else escalate to {target}{}", self.deadline(escalations - 1))
    }

    /// A field that gets another value.
    fn change(&mut self) -> String {
        let derives = !self.derivations.is_empty() && !self.source.once_in(3);
        let behind = self.derivations.iter().map(|it| (it.field.clone(), it.clearable));
        let fields: Vec<(Named, bool)> = if derives { behind.collect() } else { self.writable.clone() };
        let (field, clearable) = self.source.one(&fields);
        self.remember_written(&field);
        match &field.ty {
            Ty::List(member) => {
                let member = self.literal(member).at(Tight::Sum);
                let words = self.source.one(&[("add", "to"), ("remove", "from")]);
                format!("{} {member} {} {}", words.0, words.1, field.name)
            }
            _ if clearable && self.source.once_in(2) => format!("clear {}", field.name),
            ty if clearable => format!("set {} = {}", field.name, self.value(ty, 2).text),
            // What must not be missing says what it is then.
            ty => {
                let (value, fallback) = (self.value(ty, 2), self.literal(ty));
                let value = Phrase::joined(Tight::Default, &value, "default", &fallback, Tight::Unary);
                format!("set {} = {}", field.name, value.text)
            }
        }
    }

    /// Whoever a message goes to.
    fn recipient(&mut self) -> String {
        match self.source.below(5) {
            0 | 1 => "\"ana@example.com\"".to_owned(),
            2 => "assignee".to_owned(),
            3 => self.read(&Ty::Who("user")).map_or("\"bo@example.com\"".to_owned(), |owner| owner.text),
            _ => self.target().0,
        }
    }

    fn recipients(&mut self) -> String {
        let recipients: Vec<String> = (0..self.source.between(1, 2)).map(|_| self.recipient()).collect();
        recipients.join(", ")
    }

    /// Something that can be done any number of times.
    fn message(&mut self, settles: bool) -> String {
        match self.source.below(7) {
            0 => format!("notify {} {}", self.recipients(), self.sentence(1)),
            1 => {
                let text = self.sentence(1);
                let who = if self.source.once_in(2) { format!(" for {}", self.recipient()) } else { String::new() };
                format!("create task {text}{who}{}", self.due())
            }
            2 => {
                let to = self.recipients();
                let mut email = format!("send email \"welcome\" to {to}");
                if self.source.once_in(3) {
                    email.push_str(&format!(" cc {}", self.recipient()));
                }
                if self.source.once_in(4) {
                    email.push_str(&format!(" from {}", self.recipient()));
                }
                if self.source.once_in(4) {
                    email.push_str(&format!(" reply to {}", self.recipient()));
                }
                email + &self.payload()
            }
            3 => format!("call crm{}", self.payload()),
            4 if settles => {
                let field = self.source.one(&self.writable.clone()[..]).0.name.clone();
                format!("reject {field} {}", self.sentence(1))
            }
            5 if settles => format!("reject {}", self.sentence(1)),
            _ => "start review".to_owned(),
        }
    }

    fn due(&mut self) -> String {
        match self.source.below(3) {
            0 => String::new(),
            1 => format!(" within {}", self.distance(true, 0).at(Tight::Sum)),
            _ => {
                let ty = self.some_time();
                let by = self.distance(ty == Ty::Moment, 0).at(Tight::Sum);
                format!(" due {by} before {}", self.operand(&ty, 1).at(Tight::Sum))
            }
        }
    }

    fn payload(&mut self) -> String {
        if !self.source.once_in(2) {
            return String::new();
        }
        let mut arguments = Vec::new();
        for name in ["what", "why"] {
            let ty = self.some_type();
            arguments.push(format!("{name}: {}", self.value(&ty, 2).between_commas()));
        }
        format!(" with {{ {} }}", arguments.join(", "))
    }
}
