//! Rule sets: which rules fire, and what of all that they do stands in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use syntax::ast::{Effect, Never, Policy};

use super::Unsaid;
use super::column::{Kind, Sql, alike};
use super::derived::first;
use super::effect::{Deed, simplified, words};
use super::record::Stored;
use super::scope::{Scope, View};
use super::source::Set;
use super::translate::{Part, Translator, default_of, or};

/// A field that a rule has written, if it has.
struct Write {
    set: usize,
    /// The column that tells whether it has.
    won: String,
    value: Sql,
}

/// A rule that is left: its name, its condition, and what it does.
struct Left {
    name: String,
    text: String,
    /// None where it is checked and never fires.
    condition: Option<String>,
    deeds: Vec<Deed>,
}

pub(super) struct Run<'t, 'a> {
    translator: &'t mut Translator<'a>,
    base: View,
    view: View,
    guards: Vec<&'a Never>,
    fields: &'t [Stored],
    text: String,
    /// The sets that are left, with those whose writes they see.
    sets: Vec<(String, BTreeSet<usize>)>,
    parts: Vec<(Part, Kind)>,
    selected: Vec<String>,
    writes: BTreeMap<String, Vec<Write>>,
    /// Conditions with who gets the record then.
    assigned: Vec<(String, String)>,
    accepted: Vec<String>,
    rejected: Vec<String>,
    several: Vec<String>,
}

impl<'t, 'a> Run<'t, 'a> {
    pub(super) fn new(
        translator: &'t mut Translator<'a>,
        base: View,
        view: View,
        guards: Vec<&'a Never>,
        fields: &'t [Stored],
    ) -> Self {
        Self {
            translator,
            base,
            view,
            guards,
            fields,
            text: String::new(),
            sets: Vec::new(),
            parts: Vec::new(),
            selected: Vec::new(),
            writes: BTreeMap::new(),
            assigned: Vec::new(),
            accepted: Vec::new(),
            rejected: Vec::new(),
            several: Vec::new(),
        }
    }

    /// A rule set. What of it SQL cannot say is left out.
    pub(super) fn set(&mut self, set: &Set<'_>) {
        self.translator.items.0 += set.rules.len() + usize::from(set.head.is_some());
        if let Err(Unsaid(reason)) = self.said(set) {
            self.translator.unsaid.push(reason);
        }
    }

    fn said(&mut self, set: &Set<'_>) -> Result<(), Unsaid> {
        let sees = self.sees(set);
        let view = self.seen(&sees)?;
        let mut scope = Scope::new(&self.translator.known, &view);
        let (opening, runs) = opening(&mut scope, set, &self.names(set))?;
        let policy = set.head.and_then(|(_, rules)| rules.policy).map_or(Policy::All, |(policy, _)| policy);
        let mut blocked = Vec::new();
        for guard in &self.guards {
            blocked.push(scope.condition(&guard.condition)?);
        }
        let mut left = Vec::new();
        for (place, (text, rule)) in set.rules.iter().enumerate() {
            let before = scope.doubts.len();
            match left_of(&mut scope, &self.translator.targets, (text, rule), place) {
                Ok(rule) if policy == Policy::Unique && rule.deeds.iter().any(|it| matches!(it, Deed::Stop)) => {}
                Ok(rule) => left.push(rule),
                Err(Unsaid(reason)) => {
                    scope.doubts.truncate(before);
                    self.translator.unsaid.push(reason);
                }
            }
        }
        let otherwise = set.otherwise.map(|(text, otherwise)| {
            let (deeds, words) = effects(&mut scope, &self.translator.targets, &otherwise.effects, text);
            Left { name: "otherwise".to_owned(), text: format!("otherwise {words}"), condition: None, deeds }
        });
        if left.is_empty() {
            return if set.rules.is_empty() { Ok(()) } else { Err(Unsaid("a set of which no rule is left")) };
        }
        let doubts = std::mem::take(&mut scope.doubts);
        self.translator.items.1 += left.len() + usize::from(set.head.is_some());
        self.translator.layers.doubt(doubts);
        let rules = left.iter().chain(&otherwise).fold(String::new(), |all, rule| all + &rule.text + "\n");
        let _ = if set.head.is_some() {
            write!(self.text, "{opening} {{\n{rules}}}\n")
        } else {
            write!(self.text, "{rules}")
        };
        self.fire(set, policy, &runs, &blocked, (left, otherwise));
        self.sets.push((set.name.clone(), sees));
        Ok(())
    }

    /// The places of the sets whose writes a set sees: those that it comes after, and what they came after.
    fn sees(&self, set: &Set<'_>) -> BTreeSet<usize> {
        let after: Vec<&str> =
            set.head.iter().flat_map(|(_, rules)| rules.after.iter().map(|name| name.text.as_str())).collect();
        let known = self.sets.iter().enumerate().filter(|(_, (name, _))| after.contains(&name.as_str()));
        known.flat_map(|(place, (_, sees))| sees.iter().copied().chain([place])).collect()
    }

    /// The names of the sets that it comes after and that are left.
    fn names(&self, set: &Set<'_>) -> Vec<String> {
        let after = set.head.iter().flat_map(|(_, rules)| rules.after.iter().map(|name| name.text.clone()));
        after.filter(|name| self.sets.iter().any(|(known, _)| known == name)).collect()
    }

    /// The record as a set sees it.
    fn seen(&mut self, sees: &BTreeSet<usize>) -> Result<View, Unsaid> {
        let mut base = self.base.clone();
        for (field, writes) in &self.writes {
            let cases: Vec<(String, Sql)> = writes
                .iter()
                .filter(|write| sees.contains(&write.set))
                .map(|write| (write.won.clone(), write.value.clone()))
                .collect();
            let (Some(stored), Some(old)) = (self.fields.iter().find(|it| it.name == *field), self.base.get(field))
            else {
                continue;
            };
            if cases.is_empty() {
                continue;
            }
            let mut value = first(cases, old.clone())?;
            if let Some(default) = default_of(&self.translator.known, stored) {
                value = or(&value, &default)?;
            }
            base.insert(field.clone(), self.translator.layers.column(&value));
        }
        if sees.is_empty() { Ok(self.view.clone()) } else { self.translator.derive_again(&base) }
    }

    /// Which rules fire, and what they do.
    fn fire(
        &mut self,
        set: &Set<'_>,
        policy: Policy,
        runs: &str,
        blocked: &[String],
        (left, otherwise): (Vec<Left>, Option<Left>),
    ) {
        let layers = &mut self.translator.layers;
        let guards: Vec<String> = blocked.iter().map(|text| layers.column(&Sql::truth(text.clone())).text).collect();
        let runs = layers.column(&Sql::truth(runs)).text;
        let asked: Vec<(String, String)> =
            left.iter().map(|rule| (layers.name(), rule.condition.clone().unwrap_or("0".to_owned()))).collect();
        layers.add(&asked);
        let (mut ends, mut fired) = (vec!["0".to_owned()], Vec::new());
        for (rule, (holds, _)) in left.iter().zip(&asked) {
            fired.push((layers.name(), format!("({runs} AND {holds} AND NOT ({}))", ends.join(" OR "))));
            if policy == Policy::First || rule.deeds.iter().any(|deed| matches!(deed, Deed::Stop)) {
                ends.push(holds.clone());
            }
        }
        if otherwise.is_some() {
            let any: Vec<&str> = asked.iter().map(|(holds, _)| holds.as_str()).collect();
            fired.push((layers.name(), format!("({runs} AND NOT ({}))", any.join(" OR "))));
        }
        layers.add(&fired);
        if policy == Policy::Unique {
            let columns: Vec<&str> = fired.iter().map(|(name, _)| name.as_str()).collect();
            self.several.push(format!("({} > 1)", columns.join(" + ")));
        }
        for (rule, (column, _)) in left.iter().chain(&otherwise).zip(&fired) {
            if rule.condition.is_some() || rule.name == "otherwise" {
                self.parts.push((Part::Fired(set.name.clone(), rule.name.clone()), Kind::Truth));
                self.selected.push(column.clone());
            }
            for deed in &rule.deeds {
                self.act(deed, column, &guards);
            }
        }
    }

    fn act(&mut self, deed: &Deed, fired: &str, guards: &[String]) {
        let forbidding = self.guards.iter().zip(guards);
        let forbidding = forbidding.filter(|(guard, _)| self.translator.targets.forbids(&guard.effect.kind, deed));
        let unless = forbidding.fold(String::new(), |all, (_, column)| format!("{all} AND NOT {column}"));
        let does = format!("({fired}{unless})");
        match deed {
            Deed::Assign(who) => self.assigned.push((does, who.clone())),
            Deed::KeepOwner => self.assigned.push((does, "{\"keep_owner\":true}".to_owned())),
            Deed::Nobody => self.assigned.push((does, "null".to_owned())),
            Deed::Accept => self.accepted.push(does),
            Deed::Reject => self.rejected.push(does),
            Deed::Set(field, value) => self.write(field, &does, value),
            Deed::Stop | Deed::Other => {}
        }
    }

    /// Of all values of a field the earliest counts, and who says the same has not lost.
    fn write(&mut self, field: &str, does: &str, value: &Sql) {
        let set = self.sets.len();
        let layers = &mut self.translator.layers;
        let value = layers.column(value);
        let writes = self.writes.entry(field.to_owned()).or_default();
        let lost = writes.iter().map(|earlier| match alike(&earlier.value, &value) {
            Ok((one, other)) => format!("({} AND {} IS NOT {})", earlier.won, one.text, other.text),
            Err(_) => earlier.won.clone(),
        });
        let lost: Vec<String> = lost.chain(["0".to_owned()]).collect();
        let won = layers.column(&Sql::truth(format!("({does} AND NOT ({}))", lost.join(" OR ")))).text;
        writes.push(Write { set, won, value });
    }

    /// The columns of what stands in the end.
    #[expect(clippy::type_complexity, reason = "three lists that belong together")]
    pub(super) fn end(mut self) -> Result<(String, Vec<(Part, Kind)>, Vec<String>), Unsaid> {
        let any = |conditions: &[String]| {
            if conditions.is_empty() { "0".to_owned() } else { format!("({})", conditions.join(" OR ")) }
        };
        let cases: Vec<String> =
            self.assigned.iter().map(|(does, who)| format!("WHEN {does} THEN '{}'", who.replace('\'', "''"))).collect();
        if !cases.is_empty() {
            self.parts.push((Part::Assign, Kind::Text(true)));
            self.selected.push(format!("CASE {} END", cases.join(" ")));
        }
        for (field, writes) in &self.writes {
            let cases = writes.iter().map(|write| (write.won.clone(), write.value.clone())).collect();
            let value = first(cases, Sql::missing())?;
            let won: Vec<String> = writes.iter().map(|write| write.won.clone()).collect();
            self.parts.push((Part::IsSet(field.clone()), Kind::Truth));
            self.selected.push(any(&won));
            self.parts.push((Part::Set(field.clone()), value.kind.clone()));
            self.selected.push(value.text);
        }
        self.parts.push((Part::Several, Kind::Truth));
        self.selected.push(any(&self.several));
        self.parts.push((Part::Outcome, Kind::Text(true)));
        let (rejected, accepted) = (any(&self.rejected), any(&self.accepted));
        self.selected.push(format!("CASE WHEN {rejected} THEN 'reject' WHEN {accepted} THEN 'accept' END"));
        Ok((self.text, self.parts, self.selected))
    }
}

/// The opening of a set in the rules that are left, and when it runs.
fn opening(scope: &mut Scope<'_>, set: &Set<'_>, after: &[String]) -> Result<(String, String), Unsaid> {
    let Some((text, rules)) = set.head else { return Ok((String::new(), "1".to_owned())) };
    if rules.trigger.is_some() {
        return Err(Unsaid("a set that waits for an event"));
    }
    let mut opening = format!("rules \"{}\" for {}", set.name, scope.known.root);
    let mut runs = vec!["1".to_owned()];
    if !after.is_empty() {
        let names: Vec<String> = after.iter().map(|name| format!("\"{name}\"")).collect();
        let _ = write!(opening, ", after {}", names.join(", "));
    }
    if let Some(effective) = &rules.effective {
        runs.push(scope.in_force(effective.from.as_ref(), effective.until.as_ref())?);
        let _ = write!(opening, ", {}", words(text, effective.span));
    }
    if let Some(guard) = &rules.guard {
        runs.push(scope.condition(guard)?);
        let _ = write!(opening, ", only when ({})", words(text, guard.span));
    }
    if let Some((_, span)) = rules.policy {
        let _ = write!(opening, ", {}", words(text, span));
    }
    Ok((opening, format!("({})", runs.join(" AND "))))
}

/// What is left of a rule. One without a name gets one, for its line is another now.
fn left_of(
    scope: &mut Scope<'_>,
    targets: &super::effect::Targets,
    (text, rule): (&str, &syntax::ast::Rule),
    place: usize,
) -> Result<Left, Unsaid> {
    let mut condition = scope.condition(&rule.condition)?;
    if let Some(effective) = &rule.effective {
        let in_force = scope.in_force(effective.from.as_ref(), effective.until.as_ref())?;
        condition = format!("({in_force} AND {condition})");
    }
    let (deeds, does) = effects(scope, targets, &rule.effects, text);
    let end = rule.condition.span.end as usize;
    let head = text.get(..end).ok_or(Unsaid("a rule without words"))?;
    let (name, head) = match &rule.name {
        Some(name) => (name.text.clone(), head.to_owned()),
        None => {
            let (comment, rest) = head.split_at(rule.span.start as usize);
            let name = format!("number {place}");
            (name.clone(), format!("{comment}rule \"{name}\" {rest}"))
        }
    };
    let condition = rule.disabled.is_none().then_some(condition);
    Ok(Left { name, text: format!("{head} then {does}"), condition, deeds })
}

fn effects(
    scope: &mut Scope<'_>,
    targets: &super::effect::Targets,
    effects: &[Effect],
    text: &str,
) -> (Vec<Deed>, String) {
    let done: Vec<(Deed, String)> = effects.iter().map(|effect| simplified(scope, targets, effect, text)).collect();
    let words: Vec<String> = done.iter().map(|(_, words)| words.clone()).collect();
    (done.into_iter().map(|(deed, _)| deed).collect(), words.join(" "))
}
