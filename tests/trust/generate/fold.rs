//! What is made of the items of a list.

use super::author::{Author, Items, Named};
use super::schema::{Holds, Ty};
use super::words::{Phrase, Tight, quoted};

/// What the items of lists are called, by how deep they are inside each other.
const NAMES: [&str; 2] = ["a", "b"];

impl Author<'_> {
    /// A list of single values; there are not always such.
    pub(crate) fn list_value(&mut self, member: &Ty, depth: usize) -> Option<Phrase> {
        let ty = Ty::List(Box::new(member.clone()));
        if *member == Ty::Text && depth > 0 && !self.scalar && self.source.once_in(3) {
            let text = self.operand(&Ty::Text, depth - 1).argument();
            return Some(Phrase::whole(format!("split({text}, {})", quoted(self.source.one(&[";", " ", "a"])))));
        }
        self.read(&ty)
    }

    /// Members of a list in brackets.
    pub(crate) fn bracketed(&mut self, member: &Ty, least: usize) -> String {
        let count = self.source.between(least, 4);
        let members: Vec<String> = (0..count).map(|_| self.literal(member).at(Tight::Sum)).collect();
        format!("({})", members.join(", "))
    }

    /// A number, text, amount, date or moment that is made of the items of a list.
    pub(crate) fn folded(&mut self, ty: &Ty, depth: usize) -> Option<Phrase> {
        if self.scalar {
            return None;
        }
        let functions: &[&str] = match ty {
            Ty::Number | Ty::Money(_) => &["sum", "count", "first", "min", "max", "average", "first", "last"],
            Ty::Date | Ty::Moment => &["min", "max", "first", "last"],
            _ => &["first", "last"],
        };
        let function = self.source.one(functions);
        if function == "count" {
            return (*ty == Ty::Number).then(|| self.counted(depth)).flatten();
        }
        if self.source.once_in(3) {
            let list = self.list_value(ty, depth)?.argument();
            return Some(Phrase::whole(format!("{function}({list})")));
        }
        let (name, list, known, items) = self.some_list()?;
        let written = self.over(known, items, |it| {
            let value = it.operand(ty, depth.min(1)).argument();
            let condition = if it.source.once_in(2) { Some(it.condition(depth.min(1))) } else { None };
            let condition = condition.map_or(String::new(), |it| format!(" where {}", it.text));
            format!("{function}({value} for {name} in {list}{condition})")
        });
        Some(Phrase::whole(written))
    }

    /// What is made of one field of all items of a list: some of them lack it.
    pub(crate) fn made_of_a_field(&mut self) -> Option<(Ty, String)> {
        let list = self.items.get(self.source.below(self.items.len())).filter(|_| !self.scalar)?.clone();
        let of_open_type = |field: &Named| !matches!(field.ty, Ty::List(_) | Ty::OneOf(_) | Ty::Who(_));
        let known: Vec<Named> = known(NAMES[0], &list).into_iter().filter(of_open_type).collect();
        let field = known.get(self.source.below(known.len()))?;
        let functions: &[&str] = match field.ty {
            Ty::Number | Ty::Money(_) => &["first", "last", "sum", "min", "max", "average"],
            Ty::Date | Ty::Moment => &["first", "last", "min", "max"],
            _ => &["first", "last"],
        };
        let function = self.source.one(functions);
        Some((field.ty.clone(), format!("{function}({} for {} in {})", field.name, NAMES[0], list.path)))
    }

    /// How many items there are of a kind.
    fn counted(&mut self, depth: usize) -> Option<Phrase> {
        self.asked_of_items("count", depth)
    }

    /// Whether there is an item of a kind, in one of the ways to ask.
    pub(crate) fn any_item(&mut self, depth: usize) -> Option<Phrase> {
        let function = self.source.one(&["any", "all", "none"]);
        self.asked_of_items(function, depth)
    }

    fn asked_of_items(&mut self, function: &str, depth: usize) -> Option<Phrase> {
        let (name, list, known, items) = self.some_list()?;
        let written = self.over(known, items, |it| {
            let condition = if function == "all" || !it.source.once_in(5) { Some(it.condition(depth)) } else { None };
            let condition = condition.map_or(String::new(), |it| format!(" where {}", it.text));
            format!("{function}({name} in {list}{condition})")
        });
        Some(Phrase::whole(written))
    }

    /// A list to go through, what its items are called, and what is known of them.
    fn some_list(&mut self) -> Option<(&'static str, String, Vec<Named>, Vec<Items>)> {
        let name = *NAMES.get(self.level).filter(|_| !self.scalar)?;
        let plain = self.paths.iter().filter_map(|path| match &path.ty {
            Ty::List(member) => {
                Some((path.name.clone(), vec![Named { name: name.to_owned(), ty: (**member).clone() }]))
            }
            _ => None,
        });
        let records = self.items.iter().map(|list| (list.path.clone(), known(name, list)));
        let lists: Vec<(String, Vec<Named>)> = records.chain(plain).collect();
        let (list, known) = lists.get(self.source.below(lists.len()))?.clone();
        Some((name, list, known, Vec::new()))
    }
}

/// What is known of an item of a list of records.
pub(super) fn known(name: &str, list: &Items) -> Vec<Named> {
    let value = |field: &super::schema::Field| match &field.holds {
        Holds::Value(ty) => Some(Named { name: format!("{name}.{}", field.name), ty: ty.clone() }),
        _ => None,
    };
    list.fields.iter().filter_map(value).collect()
}
