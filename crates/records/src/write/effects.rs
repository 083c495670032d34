//! Who gets a record and what else follows, as JSON.

use values::{Text, Value};
use vm::Verdict;
use vm::effect::{Effect, Escalation, Recipient, TargetKind};
use vm::verdict::Assignment;

use super::json::{Json, Members};
use super::{Named, Run};

impl Run<'_> {
    pub(super) fn write_assignment(&self, json: &mut Members<'_>, assignment: Option<&Assignment>) {
        let zone = &self.clock.zone;
        match assignment {
            None => {}
            Some(Assignment::Nobody) => json.key("assign").write_plain("null"),
            Some(Assignment::KeepOwner) => json.key("assign").write_plain("{\"keep_owner\":true}"),
            Some(Assignment::To { target, member, due, escalations, .. }) => json.key("assign").write_object(|json| {
                self.write_target(json, target);
                if let Some(member) = member {
                    json.text("member", member);
                }
                if let Some(due) = due {
                    json.key("due").write_instant(*due, zone);
                }
                self.write_escalations(json, escalations);
            }),
        }
    }

    fn write_target(&self, json: &mut Members<'_>, target: &Recipient<Value>) {
        match self.name(target, None) {
            Some(named) => json.text(named.kind(), named.name),
            None => json.key("target").write_plain("null"),
        }
    }

    /// The first, and in it the next.
    fn write_escalations(&self, json: &mut Members<'_>, escalations: &[Escalation<Value>]) {
        let Some((first, rest)) = escalations.split_first() else { return };
        json.key("escalate").write_object(|json| {
            self.write_target(json, &first.target);
            if let Some(due) = &first.due {
                json.key("due").write_value(due, self.clock);
            }
            self.write_escalations(json, rest);
        });
    }

    pub(super) fn write_effects(&self, json: &mut Members<'_>, verdict: &Verdict) {
        if verdict.effects.is_empty() {
            return;
        }
        let entries = verdict.effects.iter().flat_map(|effect| match effect {
            Effect::Notify { to, text } => to.iter().map(|to| Entry::Notify { to, text }).collect(),
            other => vec![Entry::Other(other)],
        });
        let writer = Effects { run: self, assignment: verdict.assignment.as_ref() };
        json.key("effects").write_array(entries, |json, entry| {
            json.write_object(|json| match entry {
                Entry::Notify { to, text } => {
                    json.text("kind", "notify");
                    writer.recipient(json.key("to"), to);
                    writer.member(json, "text", text);
                }
                Entry::Other(effect) => writer.effect(json, effect),
            });
        });
    }
}

enum Entry<'v> {
    Notify { to: &'v Recipient<Value>, text: &'v Value },
    Other(&'v Effect<Value>),
}

struct Effects<'r> {
    run: &'r Run<'r>,
    assignment: Option<&'r Assignment>,
}

impl Effects<'_> {
    fn effect(&self, json: &mut Members<'_>, effect: &Effect<Value>) {
        match effect {
            Effect::Task { text, owner, due } => {
                json.text("kind", "task");
                self.member(json, "text", text);
                self.optional_recipient(json, "for", owner.as_ref());
                if let Some(due) = due {
                    self.member(json, "due", due);
                }
            }
            Effect::Email { .. } => self.email(json, effect),
            Effect::Call { integration, with } => {
                json.text("kind", "call");
                json.text("integration", integration);
                self.with(json, with);
            }
            Effect::Add { field, value } => self.list_change(json, "add", field, value),
            Effect::Remove { field, value } => self.list_change(json, "remove", field, value),
            Effect::Start { workflow } => {
                json.text("kind", "start");
                json.text("workflow", workflow);
            }
            // These settle what a verdict holds elsewhere.
            Effect::Set { field, value } => self.list_change(json, "set", field, value),
            Effect::Assign { .. } => json.text("kind", "assign"),
            Effect::LeaveUnassigned => json.text("kind", "leave unassigned"),
            Effect::KeepOwner => json.text("kind", "keep owner"),
            Effect::Accept => json.text("kind", "accept"),
            Effect::Reject { .. } => json.text("kind", "reject"),
            Effect::Notify { .. } => json.text("kind", "notify"),
        }
    }

    fn email(&self, json: &mut Members<'_>, effect: &Effect<Value>) {
        let Effect::Email { template, to, cc, from, reply_to, with } = effect else { return };
        json.text("kind", "email");
        self.member(json, "template", template);
        json.key("to").write_array(to, |json, to| self.recipient(json, to));
        if !cc.is_empty() {
            json.key("cc").write_array(cc, |json, cc| self.recipient(json, cc));
        }
        self.optional_recipient(json, "from", from.as_ref());
        self.optional_recipient(json, "reply_to", reply_to.as_ref());
        self.with(json, with);
    }

    fn list_change(&self, json: &mut Members<'_>, kind: &str, field: &Text, value: &Value) {
        json.text("kind", kind);
        json.text("field", field);
        self.member(json, "value", value);
    }

    fn with(&self, json: &mut Members<'_>, with: &[(Text, Value)]) {
        if with.is_empty() {
            return;
        }
        json.key("with").write_object(|json| {
            for (name, value) in with {
                self.member(json, name, value);
            }
        });
    }

    fn member(&self, json: &mut Members<'_>, key: &str, value: &Value) {
        json.key(key).write_value(value, self.run.clock);
    }

    fn optional_recipient(&self, json: &mut Members<'_>, key: &str, recipient: Option<&Recipient<Value>>) {
        if let Some(recipient) = recipient {
            self.recipient(json.key(key), recipient);
        }
    }

    /// A person or an address as a text, a team or queue as an object.
    fn recipient(&self, json: &mut Json, recipient: &Recipient<Value>) {
        match self.run.name(recipient, self.assignment) {
            Some(Named { kind: None | Some(TargetKind::User), name }) => json.write_text(name),
            Some(named) => json.write_object(|json| json.text(named.kind(), named.name)),
            None => json.write_plain("null"),
        }
    }
}
