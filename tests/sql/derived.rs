//! Derived values: `define`, `decide`, `score` and tables, each an expression over the values before it.

use syntax::ast::{Cell, CellKind, Decide, Heading, Item, Row, Score, ScoreLine, Table, TablePolicy};

use super::Unsaid;
use super::column::{Kind, Sql, alike, either};
use super::expression::sum;
use super::scope::{Scope, name_of};

/// What an item derives, by name; nothing if it derives nothing.
pub(super) fn derived(scope: &mut Scope<'_>, item: &Item) -> Result<Vec<(String, Sql)>, Unsaid> {
    Ok(match item {
        Item::Define(define) => vec![(name_of(&define.path), scope.value(&define.value)?)],
        Item::Decide(decide) => vec![(name_of(&decide.path), scope.decide(decide)?)],
        Item::Score(score) => vec![(name_of(&score.path), scope.score(score)?)],
        Item::Table(table) => scope.table(table)?,
        _ => Vec::new(),
    })
}

/// The names that an item derives.
pub(super) fn names(item: &Item) -> Vec<String> {
    match item {
        Item::Define(define) => vec![name_of(&define.path)],
        Item::Decide(decide) => vec![name_of(&decide.path)],
        Item::Score(score) => vec![name_of(&score.path)],
        Item::Table(table) => outputs(table).map(|(_, name)| name).collect(),
        _ => Vec::new(),
    }
}

fn outputs(table: &Table) -> impl Iterator<Item = (usize, String)> {
    table.grid.columns.iter().enumerate().filter_map(|(place, column)| match &column.heading {
        Heading::Output(path) => Some((place, name_of(path))),
        _ => None,
    })
}

/// The value of the first case that holds.
pub(super) fn first(cases: Vec<(String, Sql)>, otherwise: Sql) -> Result<Sql, Unsaid> {
    cases.into_iter().rev().try_fold(otherwise, |rest, (condition, value)| {
        let (value, rest) = alike(&value, &rest)?;
        if let (Kind::Text(one), Kind::Text(other)) = (&value.kind, &rest.kind)
            && one != other
        {
            return Err(Unsaid("a text that is compared to the letter, or else is not"));
        }
        let text = format!("(CASE WHEN {condition} THEN {} ELSE {} END)", value.text, rest.text);
        Sql::of(text, value.kind.clone(), either(&value, &rest))
    })
}

impl Scope<'_> {
    fn decide(&mut self, decide: &Decide) -> Result<Sql, Unsaid> {
        let mut cases = Vec::new();
        for line in &decide.lines {
            cases.push((self.condition(&line.condition)?, self.value(&line.value)?));
        }
        let otherwise = decide.otherwise.as_ref().map_or_else(|| Ok(Sql::missing()), |value| self.value(value))?;
        first(cases, otherwise)
    }

    /// The sum of the lines that count; what is missing adds nothing and limits nothing.
    fn score(&mut self, score: &Score) -> Result<Sql, Unsaid> {
        let mut total = Sql::constant(0, Kind::Number(0))?;
        if let Some(start) = &score.start {
            total = self.value(&start.amount)?.or_nothing()?;
        }
        for line in &score.lines {
            let points = self.points(line)?;
            let (one, other) = alike(&total, &points)?;
            let sign = if line.subtract { syntax::ast::Arithmetic::Subtract } else { syntax::ast::Arithmetic::Add };
            total = sum(sign, &one, &other, one.kind.clone())?;
        }
        if let Some(limit) = &score.limit {
            for (end, function) in [(&limit.high, "min"), (&limit.low, "max")] {
                let (value, end) = alike(&total, &self.value(end)?)?;
                let text = format!("coalesce({function}({}, {}), {})", value.text, end.text, value.text);
                total = Sql::of(text, value.kind.clone(), either(&value, &end))?;
            }
        }
        Ok(total)
    }

    fn points(&mut self, line: &ScoreLine) -> Result<Sql, Unsaid> {
        if line.each.is_some() || line.halving.is_some() {
            return Err(Unsaid("points that fade or are counted in a list"));
        }
        let mut points = self.value(&line.amount)?;
        if let Some(most) = &line.at_most {
            let (value, most) = alike(&points, &self.value(most)?)?;
            let text = format!("coalesce(min({}, {}), {})", value.text, most.text, value.text);
            points = Sql::of(text, value.kind.clone(), either(&value, &most))?;
        }
        let points = points.or_nothing()?;
        let Some(condition) = &line.condition else { return Ok(points) };
        let condition = self.condition(condition)?;
        first(vec![(condition, points)], Sql::constant(0, Kind::Number(0))?)
    }

    /// A table is a list of rows that hold or do not, and its policy says what to make of what they give.
    fn table(&mut self, table: &Table) -> Result<Vec<(String, Sql)>, Unsaid> {
        if table.from.is_some() {
            return Err(Unsaid("a table in a file"));
        }
        let policy = table.policy.map_or(TablePolicy::First, |(policy, _)| policy);
        let rows: Vec<String> = table.grid.rows.iter().map(|row| self.row(table, row)).collect::<Result<_, _>>()?;
        if policy == TablePolicy::Unique {
            self.doubts.push(format!("({}) > 1", rows.join(" + ")));
        }
        let mut derived = Vec::new();
        for (place, name) in outputs(table) {
            let mut given = Vec::new();
            for (row, holds) in table.grid.rows.iter().zip(&rows) {
                match row.cells.get(place) {
                    Some(Cell { kind: CellKind::Value(value), .. }) => given.push((holds.clone(), self.value(value)?)),
                    _ => return Err(Unsaid("a cell that gives nothing")),
                }
            }
            derived.push((name, self.of_rows(policy, given)?));
        }
        Ok(derived)
    }

    fn row(&mut self, table: &Table, row: &Row) -> Result<String, Unsaid> {
        let mut tests = Vec::new();
        for (column, cell) in table.grid.columns.iter().zip(&row.cells) {
            match (&column.heading, &cell.kind) {
                (Heading::Input(_), CellKind::Any) | (Heading::Output(_), _) => {}
                (Heading::Input(_), CellKind::Condition(condition)) => tests.push(self.condition(condition)?),
                _ => return Err(Unsaid("a cell that asks nothing")),
            }
        }
        if let Some(effective) = &row.effective {
            tests.push(self.in_force(effective.from.as_ref(), effective.until.as_ref())?);
        }
        if tests.is_empty() { Ok("1".to_owned()) } else { Ok(format!("({})", tests.join(" AND "))) }
    }

    fn of_rows(&mut self, policy: TablePolicy, given: Vec<(String, Sql)>) -> Result<Sql, Unsaid> {
        let function = match policy {
            TablePolicy::First | TablePolicy::Unique => return first(given, Sql::missing()),
            TablePolicy::Any => {
                // Rows that give nothing say nothing, and all others must agree.
                let all = all_of(&given)?;
                self.doubts.push(format!("(SELECT count(DISTINCT v) FROM ({})) > 1", all.text));
                return Ok(Sql { text: format!("(SELECT min(v) FROM ({}))", all.text), ..all });
            }
            TablePolicy::Collect => return Err(Unsaid("a list that is collected")),
            TablePolicy::Sum => "sum",
            TablePolicy::Min => "min",
            TablePolicy::Max => "max",
            TablePolicy::Count => "count",
        };
        let all = all_of(&given)?;
        if matches!(all.kind, Kind::Text(_) | Kind::Texts(_)) && function != "count" {
            return Err(Unsaid("the least of something else than numbers"));
        }
        let of_all = format!("(SELECT {function}(v) FROM ({}))", all.text);
        let many = i128::try_from(given.len()).unwrap_or(0);
        match policy {
            TablePolicy::Sum => {
                let bounds = (all.bounds.0.min(0) * many, all.bounds.1.max(0) * many);
                Sql::of(format!("coalesce({of_all}, 0)"), all.kind, bounds)
            }
            TablePolicy::Count => Sql::of(of_all, Kind::Number(0), (0, many)),
            _ => Sql::of(of_all, all.kind, all.bounds),
        }
    }
}

impl Sql {
    /// 0 where it is missing.
    fn or_nothing(&self) -> Result<Self, Unsaid> {
        let (value, zero) = alike(self, &Self::constant(0, Kind::Number(0))?)?;
        if !matches!(value.kind, Kind::Number(_)) {
            return Err(Unsaid("points of something else than numbers"));
        }
        Self::of(format!("coalesce({}, 0)", value.text), value.kind.clone(), either(&value, &zero))
    }
}

/// What rows give, one below the other; NULL where a row does not hold.
fn all_of(given: &[(String, Sql)]) -> Result<Sql, Unsaid> {
    let mut all = Sql::missing();
    for (_, value) in given {
        let (known, value) = alike(&all, value)?;
        all = Sql::of("", known.kind.clone(), either(&known, &value))?;
    }
    let mut rows = Vec::new();
    for (holds, value) in given {
        let (value, _) = alike(value, &all)?;
        rows.push(format!("SELECT CASE WHEN {holds} THEN {} END AS v", value.text));
    }
    Ok(Sql { text: rows.join(" UNION ALL "), ..all })
}
