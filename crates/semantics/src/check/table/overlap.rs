//! How the rows of a table stand to each other: rows that never hold, rows that hold together, and what no row covers.
//!
//! Each row is a box: a set of values for each input column, as far as it can be told (`region.rs`). The boxes are taken
//! from the whole space one by one; a row that finds nothing left of its box never holds, and what is left in the end is
//! the gap. Pairs of rows are compared only where a column of texts does not already tell them apart. Both end when they
//! have taken [`MOST_WORK`] steps, so that a table of any size is checked in bounded time: beyond, nothing is claimed.

use std::collections::BTreeMap;

use diagnostics::problems::{ConditionProblem, Unexamined};
use syntax::ast::{self, TablePolicy};
use values::Value;

use super::super::Checker;
use super::Output;
use super::region::{Set, Values};
use super::rows::Rows;
use super::wording::{cells, witness};
use crate::db::ItemSpan;
use crate::found::Found;
use crate::typed::{Expr, ExprKind};

/// How many small steps comparing the rows of a table may take.
const MOST_WORK: usize = 5_000_000;
/// How many pieces of space may be left over at a time.
const MOST_PIECES: usize = 2_000;
/// How many overlaps of a table are told.
const MOST_OVERLAPS: usize = 20;

/// A row as sets of values; none where a cell asks what is not looked into.
type Row = Vec<Option<Set>>;
/// A piece of the space.
pub(super) type Piece = Vec<Set>;

/// What is certain of the rows of a table.
#[derive(Clone, Copy)]
pub(super) struct Certain {
    /// No two of them can hold together, or it does not matter.
    pub(super) exclusive: bool,
    /// One of them holds for every record.
    pub(super) complete: bool,
}

/// The rows as boxes.
struct Boxes {
    /// What each input column can be, and then the days; none for types that are not looked into.
    all: Row,
    rows: Vec<Row>,
    /// Whether the columns are stored fields that do not depend on each other, so that any mixture of values can occur.
    free: bool,
    work: usize,
    /// Whether that was too much, so that not all is known.
    gave_up: bool,
}

impl Checker<'_> {
    /// Says what is wrong with how the rows stand to each other, and tells what is certain of them.
    pub(super) fn compare_rows(
        &mut self,
        table: &ast::Table,
        grid: &ast::Grid,
        policy: TablePolicy,
        rows: &Rows,
        outputs: &[Output<'_>],
    ) -> Certain {
        let mut boxes = Boxes::new(rows);
        let left = self.rows_in_turn(grid, policy, &mut boxes);
        let decides = matches!(policy, TablePolicy::First | TablePolicy::Unique | TablePolicy::Any);
        let complete = left.as_ref().is_some_and(Vec::is_empty);
        boxes.gave_up = left.is_none();
        if let Some(left) = left.filter(|left| decides && !left.is_empty()) {
            self.gap_in_table(table, grid, rows, &boxes, &left);
        }
        let exclusive = match policy {
            TablePolicy::Unique => self.overlaps(grid, rows, &mut boxes, |_, _| false, policy),
            TablePolicy::Any => {
                let agree = |one: usize, other: usize| outputs.iter().all(|output| output.agree(one, other));
                self.overlaps(grid, rows, &mut boxes, agree, policy)
            }
            _ => true,
        };
        if decides && boxes.gave_up {
            self.about_table(ConditionProblem::NotExamined(Unexamined::Rows), table);
        }
        Certain { exclusive, complete }
    }

    /// Takes the rows from the space one by one; what is left, if there was time to find out.
    fn rows_in_turn(&mut self, grid: &ast::Grid, policy: TablePolicy, boxes: &mut Boxes) -> Option<Vec<Piece>> {
        let whole: Option<Piece> = boxes.all.iter().cloned().collect();
        let mut left: Option<Vec<Piece>> = Some(vec![whole.unwrap_or_default()]);
        for (place, row) in grid.rows.iter().enumerate().take(boxes.rows.len()) {
            if boxes.row(place).iter().flatten().any(Set::is_empty) {
                let reason = "its cells exclude each other".to_owned();
                self.problem(ConditionProblem::AlwaysFalse { reason }, row.span);
                continue;
            }
            let ordered = policy == TablePolicy::First;
            let behind = if ordered { left.as_ref().and_then(|left| boxes.hidden_behind(place, left)) } else { None };
            if let Some(by) = behind {
                self.never_holds(grid, place, by);
                left = left.filter(|_| boxes.work <= MOST_WORK);
                continue;
            }
            left = left.filter(|_| boxes.work <= MOST_WORK).and_then(|left| boxes.without(left, place));
        }
        left
    }

    fn never_holds(&mut self, grid: &ast::Grid, place: usize, by: Option<usize>) {
        let Some(row) = grid.rows.get(place) else { return };
        let found = Found::new(ConditionProblem::UnreachableRow { one: by.is_some() }, row.span);
        let earlier = by.and_then(|by| grid.rows.get(by));
        let found = match earlier.zip(self.item) {
            Some((earlier, item)) => found.and(ItemSpan { item, span: earlier.span }, "this row takes all of them"),
            None => found,
        };
        self.report(found);
    }

    fn gap_in_table(&mut self, table: &ast::Table, grid: &ast::Grid, rows: &Rows, boxes: &Boxes, left: &[Piece]) {
        let sure =
            boxes.rows.iter().all(|row| row.iter().all(Option::is_some)) && boxes.all.iter().all(Option::is_some);
        let Some(piece) = left.iter().find(|piece| !boxes.is_between_whole_numbers(piece)) else { return };
        let example = if sure { Some(cells(grid, rows, piece, &boxes.all)) } else { None };
        self.about_table(ConditionProblem::GapInTable { example }, table);
    }

    /// Says which rows can hold together; whether none can.
    fn overlaps(
        &mut self,
        grid: &ast::Grid,
        rows: &Rows,
        boxes: &mut Boxes,
        agree: impl Fn(usize, usize) -> bool,
        policy: TablePolicy,
    ) -> bool {
        let mut found = 0;
        let index = boxes.index();
        boxes.work = 0;
        for later in 0..boxes.rows.len() {
            let candidates = index.candidates(boxes.row(later), later);
            boxes.work += candidates.len();
            let disagrees = |earlier: &usize| boxes.meet(*earlier, later) && !agree(*earlier, later);
            let disagreeing: Vec<usize> = candidates.into_iter().filter(disagrees).collect();
            // Of each row one is told: the first that can be shown, else the first.
            let shown = disagreeing.iter().find(|earlier| boxes.shown(**earlier, later).is_some());
            let meeting = shown.or(disagreeing.first()).copied();
            boxes.gave_up |= boxes.work > MOST_WORK;
            if boxes.work > MOST_WORK || found == MOST_OVERLAPS {
                return false;
            }
            let Some(earlier) = meeting else { continue };
            found += 1;
            self.overlap(grid, rows, boxes, (earlier, later), policy);
        }
        found == 0
    }

    fn overlap(
        &mut self,
        grid: &ast::Grid,
        rows: &Rows,
        boxes: &Boxes,
        (earlier, later): (usize, usize),
        policy: TablePolicy,
    ) {
        let (Some(one), Some(other)) = (grid.rows.get(earlier), grid.rows.get(later)) else { return };
        let witness = boxes.shown(earlier, later).map(|piece| witness(grid, rows, &piece));
        let agree = policy == TablePolicy::Any;
        let found = Found::new(ConditionProblem::OverlappingRows { witness, agree }, other.span);
        let found = match self.item {
            Some(item) => found.and(ItemSpan { item, span: one.span }, "together with this row"),
            None => found,
        };
        self.report(found);
    }
}

impl Output<'_> {
    /// Whether two rows are known to give the same, or one of them nothing.
    fn agree(&self, one: usize, other: usize) -> bool {
        let gives_nothing = |value: &Expr| value.kind == ExprKind::Constant(Value::Missing);
        match (self.values.get(one), self.values.get(other)) {
            (Some(one), Some(other)) => one == other || gives_nothing(one) || gives_nothing(other),
            _ => false,
        }
    }
}

impl Boxes {
    fn new(rows: &Rows) -> Self {
        let today = Expr { kind: ExprKind::Today, ty: values::Type::Date, optional: false };
        let subjects: Vec<&Expr> = rows.inputs.iter().map(|input| &input.subject).chain([&today]).collect();
        let set = |(subject, test): (&&Expr, &Option<Expr>)| match test {
            Some(test) => Set::of(test, subject),
            None => Set::all(subject),
        };
        let boxes = rows.tests.iter().map(|tests| subjects.iter().zip(tests).map(set).collect()).collect();
        let fields: Vec<&&Expr> =
            subjects.iter().filter(|subject| matches!(subject.kind, ExprKind::Field(_))).collect();
        let distinct =
            fields.iter().enumerate().all(|(place, field)| !fields.iter().take(place).any(|other| other == field));
        let free = distinct && fields.len() == rows.inputs.len();
        Self {
            all: subjects.iter().map(|subject| Set::all(subject)).collect(),
            rows: boxes,
            free,
            work: 0,
            gave_up: false,
        }
    }

    fn row(&self, place: usize) -> &[Option<Set>] {
        self.rows.get(place).map_or(&[], Vec::as_slice)
    }

    /// Whether earlier rows leave nothing of a row: the one that takes all of it, or none where several do together.
    fn hidden_behind(&mut self, place: usize, left: &[Piece]) -> Option<Option<usize>> {
        if self.all.iter().any(Option::is_none) {
            return None;
        }
        let row = self.row(place).to_vec();
        let reaches = |piece: &Piece| {
            piece
                .iter()
                .zip(&row)
                .all(|(space, cell)| cell.as_ref().is_none_or(|cell| !space.intersect(cell).is_empty()))
        };
        self.work += left.iter().flatten().map(Set::size).sum::<usize>();
        if left.iter().any(reaches) {
            return None;
        }
        self.work += place;
        let covers = |earlier: &usize| {
            let pairs = self.row(*earlier).iter().zip(&row).zip(&self.all);
            let mut pairs = pairs.map(|((outer, inner), all)| (outer.as_ref(), inner.as_ref().or(all.as_ref())));
            pairs.all(|(outer, inner)| outer.zip(inner).is_some_and(|(outer, inner)| inner.is_within(outer)))
        };
        Some((0..place).find(covers))
    }

    /// What a row leaves of some pieces; none when that takes too long. A row that is not known takes nothing.
    fn without(&mut self, left: Vec<Piece>, place: usize) -> Option<Vec<Piece>> {
        let cut: Option<Piece> = self.row(place).iter().cloned().collect();
        let Some(cut) = cut.filter(|_| self.all.iter().all(Option::is_some)) else { return Some(left) };
        let mut rest = Vec::with_capacity(left.len());
        for piece in left {
            self.work += piece.iter().chain(&cut).map(Set::size).sum::<usize>();
            subtract(piece, &cut, &mut rest);
            if rest.len() > MOST_PIECES || self.work > MOST_WORK {
                return None;
            }
        }
        Some(rest)
    }

    /// Whether two rows can hold together, as far as is known.
    fn meet(&mut self, one: usize, other: usize) -> bool {
        let pairs = || self.row(one).iter().zip(self.row(other));
        let sizes: usize = pairs().flat_map(|(one, other)| [one, other]).flatten().map(Set::size).sum();
        let meet = pairs().all(|(one, other)| match (one, other) {
            (Some(one), Some(other)) => !one.intersect(other).is_empty(),
            _ => true,
        });
        self.work += sizes;
        meet
    }

    /// What two rows have in common, where all of it is known and can occur.
    fn shown(&self, one: usize, other: usize) -> Option<Piece> {
        if self.free { self.shared(one, other) } else { None }
    }

    /// What two rows have in common, where all of it is known.
    fn shared(&self, one: usize, other: usize) -> Option<Piece> {
        let pairs = self.row(one).iter().zip(self.row(other));
        pairs.map(|(one, other)| Some(one.as_ref()?.intersect(other.as_ref()?))).collect()
    }

    /// Rows by the texts that they name in the column where most of them name some.
    fn index(&self) -> Index {
        let names = |row: &Row, column: usize| row.get(column).and_then(Option::as_ref).and_then(named);
        let counted = (0..self.all.len())
            .map(|column| (self.rows.iter().filter(|row| names(row, column).is_some()).count(), column));
        let column = counted.max().map_or(0, |(_, column)| column);
        let mut index = Index { column, by_name: BTreeMap::new(), rest: Vec::new() };
        for (place, row) in self.rows.iter().enumerate() {
            match names(row, column) {
                Some(keys) => keys.iter().for_each(|key| index.by_name.entry(key.clone()).or_default().push(place)),
                None => index.rest.push(place),
            }
        }
        index
    }

    /// Whether nothing but fractions lies in a piece, while the table names whole numbers only: nobody calls that a gap.
    fn is_between_whole_numbers(&self, piece: &Piece) -> bool {
        piece.iter().any(|set| matches!(&set.values, Values::Line(spans) if !set.missing && spans.iter().all(super::wording::is_fraction_only)))
    }
}

/// The texts that a set consists of, if it is made of such.
fn named(set: &Set) -> Option<Vec<String>> {
    match &set.values {
        Values::Texts { named, others: false } if !set.missing => Some(named.keys().cloned().collect()),
        _ => None,
    }
}

/// Rows by the texts that they name in one column.
struct Index {
    column: usize,
    by_name: BTreeMap<String, Vec<usize>>,
    rest: Vec<usize>,
}

impl Index {
    /// The rows before `later` that may meet a row, in order.
    fn candidates(&self, row: &[Option<Set>], later: usize) -> Vec<usize> {
        let names = row.get(self.column).and_then(Option::as_ref).and_then(named);
        let earlier =
            |rows: &Vec<usize>| -> Vec<usize> { rows.iter().copied().take_while(|row| *row < later).collect() };
        let mut found: Vec<usize> = match names {
            Some(names) => names.iter().filter_map(|name| self.by_name.get(name)).flat_map(earlier).collect(),
            None => self.by_name.values().flat_map(earlier).collect(),
        };
        found.extend(earlier(&self.rest));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The parts of a piece that lie outside of a box: for each column what lies outside there, and inside in those before.
fn subtract(mut piece: Piece, cut: &[Set], rest: &mut Vec<Piece>) {
    let meets = piece.iter().zip(cut).all(|(space, cell)| !space.intersect(cell).is_empty());
    if !meets {
        return rest.push(piece);
    }
    for (column, cell) in cut.iter().enumerate() {
        let Some(space) = piece.get(column).cloned() else { return };
        let outside = space.intersect(&cell.complement());
        if !outside.is_empty() {
            let mut part = piece.clone();
            part.iter_mut().skip(column).take(1).for_each(|slot| *slot = outside.clone());
            rest.push(part);
        }
        piece.iter_mut().skip(column).take(1).for_each(|slot| *slot = space.intersect(cell));
    }
}
