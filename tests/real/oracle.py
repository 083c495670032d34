"""Decides the real tables a second time, from the meaning of the rules and without any code of Rulebook.

Prints one JSON object: for each table the number of records, how often each rule fired, how many records no rule decided,
who was assigned, what was set, each derived value, which effects followed and how many were lost. Usage: oracle.py FOLDER_WITH_THE_TABLES

The language in five lines, as far as it is needed here: text ignores case; a comparison with a missing value (None) is
false and its negative form therefore true; arithmetic with a missing operand is missing; `d` is 24 hours, `mo` and `y`
count calendar months and stop at a month's last day; a date stands for its first moment, in UTC.
"""

import csv
import json
import operator
import re
import sys
from calendar import monthrange
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path
from zoneinfo import ZoneInfo


# --- values -----------------------------------------------------------------------------------------------------------

def fold(value):
    return value.casefold() if isinstance(value, str) else value

def compare(test, left, right):
    return left is not None and right is not None and test(fold(left), fold(right))

def eq(a, b): return compare(operator.eq, a, b)
def lt(a, b): return compare(operator.lt, a, b)
def le(a, b): return compare(operator.le, a, b)
def gt(a, b): return compare(operator.gt, a, b)
def ge(a, b): return compare(operator.ge, a, b)
def within(value, low, high): return ge(value, low) and le(value, high)
def one_of(value, *options): return any(eq(value, option) for option in options)
def has(text, *parts): return text is not None and any(fold(part) in fold(text) for part in parts)
def starts(text, *parts): return text is not None and fold(text).startswith(tuple(map(fold, parts)))
def ends(text, *parts): return text is not None and fold(text).endswith(tuple(map(fold, parts)))
def blank(text): return text is None or not text.strip()
def default(value, other): return other if value is None else value

def arithmetic(function, *operands):
    return None if None in operands else function(*operands)

def rounded(value, digits):
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)

def plus_months(day, months):
    if day is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))

def length(difference):
    return None if difference is None else f"{difference.days}d"

def show(value):
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# --- reading ----------------------------------------------------------------------------------------------------------

def rows(path, sentinels=None):
    """The rows of a table, every empty cell and every sentinel of its column None."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: None if cell in ("", *(sentinels or {}).get(column, ())) else cell
                   for column, cell in row.items()}

def number(cell):
    return None if cell is None else Decimal(cell)

def day(cell):
    return None if cell is None else date.fromisoformat(cell)


# --- rule sets --------------------------------------------------------------------------------------------------------

class Verdict:
    """What a record's rules have said so far; the first word on a thing wins."""

    def __init__(self, **values):
        self.fired, self.assigned, self.set, self.effects, self.lost, self.outcome = [], None, {}, [], 0, None
        self.for_assignee, self.values = [], values

    def assign(self, target):
        if self.assigned is None:
            self.assigned = target
        else:
            self.lost += 1

    def write(self, field, value):
        if field in self.set:
            self.lost += 1
        else:
            self.set[field] = value

    def effect(self, kind, to_assignee=False):
        (self.for_assignee if to_assignee else self.effects).append(kind)

    def settle(self):
        """What was meant for the assignee is lost where nobody was assigned."""
        if (self.assigned or "").startswith(("team ", "queue ", "user ")):
            self.effects += self.for_assignee
        else:
            self.lost += len(self.for_assignee)


def first_match(verdict, set_name, rules, otherwise=None):
    for name, holds, act in rules:
        if holds:
            verdict.fired.append(f"{set_name} / {name}")
            return act(verdict)
    if otherwise:
        verdict.fired.append(f"{set_name} / otherwise")
        otherwise(verdict)

def all_matches(verdict, set_name, rules):
    for name, holds, act in rules:
        if holds:
            verdict.fired.append(f"{set_name} / {name}")
            act(verdict)

def assign(target): return lambda v: v.assign(target)
def effect(kind, to_assignee=False): return lambda v: v.effect(kind, to_assignee)
def write(field, value): return lambda v: v.write(field, show(value))
def both(*acts): return lambda v: [act(v) for act in acts]

def reject(verdict): verdict.outcome = "reject"
def lose(verdict): verdict.lost += 1
def accept(verdict): verdict.outcome = verdict.outcome or "accept"

def summary(verdicts):
    count = lambda items: dict(sorted(Counter(items).items()))
    return {
        "records": len(verdicts),
        "fired": count(name for v in verdicts for name in v.fired),
        "values": count(f"{name} = {show(value)}" for v in verdicts for name, value in v.values.items()),
        "undecided": sum(not v.fired for v in verdicts),
        "assigned": count(v.assigned for v in verdicts if v.assigned),
        "set": count(f"{field} = {value}" for v in verdicts for field, value in v.set.items()),
        "effects": count(kind for v in verdicts for kind in v.effects),
        "outcome": count(v.outcome for v in verdicts if v.outcome),
        "lost": sum(v.lost for v in verdicts),
    }


# --- X Education ------------------------------------------------------------------------------------------------------

def lead(row):
    source, tag, activity = row["Lead Source"], row["Tags"], row["Last Activity"]
    country, city, field = row["Country"], row["City"], row["Specialization"]
    heard, profile, quality = row["How did you hear about X Education"], row["Lead Profile"], row["Lead Quality"]
    no_email, no_call = row["Do Not Email"] == "Yes", row["Do Not Call"] == "Yes"
    visits, pages = number(row["TotalVisits"]), number(row["Page Views Per Visit"])
    seconds = number(row["Total Time Spent on Website"])
    working = one_of(row["What is your current occupation"], "Working Professional", "Businessman")
    minutes = rounded(seconds / visits / 60, 2) if gt(visits, 0) else Decimal(0)
    score = arithmetic(operator.add, number(row["Asymmetrique Activity Score"]), number(row["Asymmetrique Profile Score"]))
    abroad = country is not None and not eq(country, "India")
    nobody = assign("nobody")
    v = Verdict(working=working, minutes_per_visit=minutes, total_score=score, abroad=abroad)
    first_match(v, "Lead routing", [
        ("Already a student", row["Converted"] == "1", assign("keep owner")),
        ("Wrong number", one_of(tag, "invalid number", "wrong number given", "number not provided"),
         both(nobody, effect("task"))),
        ("Not eligible", has(tag, "not eligible", "not recognized", "dec approval"), both(nobody, reject)),
        ("Gone elsewhere", starts(tag, "lost to", "in touch with") or eq(activity, "Unsubscribed")
         or one_of(tag, "Already a student", "Not doing further education"), nobody),
        ("Must not be contacted", no_call or (no_email and not eq(activity, "Had a Phone Conversation")), nobody),
        ("Referred by somebody", one_of(source, "Reference", "Referral Sites") or eq(heard, "Word Of Mouth")
         or row["Through Recommendations"] == "Yes", assign("team referral_desk")),
        ("Engaged professionals", working and (ge(visits, 3) or seconds > 1000),
         both(assign("team senior_advisers"), effect("notify", to_assignee=True))),
        ("Gulf", one_of(country, "United Arab Emirates", "Saudi Arabia", "Qatar", "Bahrain", "Oman", "Kuwait"),
         assign("queue gulf_office")),
        ("Abroad", abroad, assign("queue overseas")),
        ("Finance and banking", field is not None and re.search(r"finance|\bbanking\b", field, re.I)
         and ge(visits, 2) and lt(visits, 20), assign("team finance_advisers")),
        ("High scores", ge(score, 33), assign("team senior_advisers")),
        ("Mumbai, seriously looking", one_of(city, "Mumbai", "Thane & Outskirts") and within(visits, 3, 10)
         and not eq(quality, "Worst"), assign("queue mumbai_office")),
        ("Read for long", minutes >= 5 and default(pages, 0) >= Decimal("1.5"), assign("queue callbacks")),
        ("Chat without a visit", eq(source, "Olark Chat") and default(visits, 0) == 0, assign("queue chat")),
        ("Call again", one_of(tag, "Ringing", "Busy", "switched off", "opp hangup"), assign("queue callbacks")),
        ("Management courses", ends(field, "management") and not one_of(quality, "Worst", "Low in Relevance"),
         assign("queue management_courses")),
        ("Nothing to go by", field is None and city is None and tag is None and not gt(visits, 0), nobody),
    ], otherwise=assign("queue nurture"))
    all_matches(v, "Care", [
        ("Bounced address", re.search(r"\bbounced\b", activity or "", re.I), effect("task", to_assignee=True)),
        ("Unsubscribed", eq(activity, "Unsubscribed") and not no_email, write("do_not_email", "true")),
        ("Interview guide", row["A free copy of Mastering The Interview"] == "Yes" and not no_email, effect("email")),
        ("Rated too low", one_of(quality, "Worst", "Low in Relevance") and seconds >= 2000, write("quality", "Might be")),
        ("Rated by score", quality is None and gt(score, 32),
         write("quality", "High in Relevance" if gt(score, 34) else "Might be")),
        ("Colourless profile", eq(profile, "Other Leads") or ends(profile, "student"), write("profile", None)),
        ("Blank origin of interest", blank(heard) and blank(source), effect("call")),
        ("Reads everything", ge(arithmetic(operator.mul, visits, pages), 40) and default(tag, "") == "", effect("notify")),
        ("Long silence", activity is None or one_of(activity, "Unreachable", "Email Marked Spam"), effect("start")),
        ("Quick forms", eq(row["Lead Origin"][:4], "lead") and not eq(default(source, "none"), "reference"),
         effect("notify")),
    ])
    v.settle()
    return v


# --- Maven ------------------------------------------------------------------------------------------------------------

PRICES = {"GTX Basic": 550, "GTX Plus Basic": 1096, "GTXPro": 4821, "GTX Plus Pro": 5482, "GTK 500": 26768,
          "MG Special": 55, "MG Advanced": 3393}

def opportunity(row):
    today = date(2017, 12, 31)
    stage, account, product = row["deal_stage"], row["account"], row["product"]
    engaged, closed, value = day(row["engage_date"]), day(row["close_date"]), number(row["close_value"])
    won, lost, is_open = stage == "Won", stage == "Lost", stage in ("Prospecting", "Engaging")
    price = Decimal(PRICES[product])
    discount = arithmetic(lambda paid: rounded((price - paid) / price, 4), value)
    days = lambda n: timedelta(days=n)
    keep, renewals = assign("keep owner"), assign("queue renewals")
    time_to_close = length(arithmetic(operator.sub, closed, engaged))
    v = Verdict(list_price=price, discount=discount, is_open=is_open, time_to_close=time_to_close)
    first_match(v, "Pipeline review", [
        ("Won big", won and ge(value, 10_000), both(assign("team key_accounts"), effect("notify"))),
        ("Won at a deep discount", won and gt(discount, Decimal("0.15")), assign("user director@maven.example")),
        ("Won this quarter", won and ge(closed, date(2017, 10, 1)), renewals),
        ("Won within two weeks", won and closed - engaged <= days(14), renewals),
        ("Won, up for renewal", won and within(plus_months(closed, 12), today, today + days(90)), renewals),
        ("Lost after a long courtship", lost and gt(closed, plus_months(engaged, 3)), assign("team win_backs")),
        ("Lost lately", lost and within(closed, today - days(30), today), assign("team win_backs")),
        ("Lost an expensive product", lost and price > 4000 and gt(closed, date(2017, 6, 30)), assign("team win_backs")),
        ("Closed, nothing to do", not is_open, assign("nobody")),
        ("Stale for months", lt(engaged, plus_months(today, -6)), assign("queue stale_deals")),
        ("Stale", lt(engaged, today - days(90)) and account is None, assign("queue stale_deals")),
        ("Engaged in early autumn", engaged is not None and engaged.year == 2017 and 8 <= engaged.month <= 10, keep),
        ("Engaged lately", within(engaged, today - days(62), today), keep),
        ("A prospect with a name", stage == "Prospecting" and account is not None, assign("queue prospecting")),
        ("A nameless prospect for hardware of weight", stage == "Prospecting" and re.search("^GT[XK]", product),
         assign("queue prospecting")),
    ], otherwise=assign("queue pipeline"))
    all_matches(v, "Hygiene", [
        ("Ask why it was lost", lost and not lt(closed, date(2017, 12, 1)), effect("task", to_assignee=True)),
        ("Old and never closed", lt(engaged, date(2017, 7, 1)) and not lt(closed, date(2017, 7, 1)), effect("notify")),
        ("Closed on a weekend", closed is not None and closed.isoweekday() >= 6, effect("call")),
        ("Closed at the end of a month",  # a missing date makes both months missing, and missing is not equal: it fires
         closed is None or (closed + days(1)).month != closed.month, effect("call")),
        ("No account", blank(account), write("account", f"unknown, agent {row['sales_agent']}")),
        ("Account in capitals", not has(account, "e"), write("account", account and account.upper())),
        ("Price above the list", lt(discount, Decimal("-0.2")) and gt(value and value * 2, price), effect("notify")),
        ("Closing soon", is_open and within(plus_months(engaged, 5), today, today + days(14)),
         effect("task", to_assignee=True)),
    ])
    v.settle()
    return v


# --- Maven with accounts, products and teams --------------------------------------------------------------------------

def deal(row, accounts, products, agents):
    stage, value = row["deal_stage"], number(row["close_value"])
    account, agent = accounts.get(fold(row["account"])), agents.get(fold(row["sales_agent"]))
    product = products.get(fold(row["product"]))
    of = lambda record, field: record[field] if record else None
    price, office = number(of(product, "sales_price")), of(agent, "regional_office")
    employees, revenue = number(of(account, "employees")), number(of(account, "revenue"))
    sector, location, parent = (of(account, field) for field in ("sector", "office_location", "subsidiary_of"))
    discount = None if None in (value, price) else rounded(1 - value / price, 4)
    size = "large" if ge(employees, 5000) or gt(revenue, 2000) else None if employees is None else "small"
    desk = (("key_accounts", "1d") if size == "large" else
            ("central", "2d") if office == "Central" else
            ("east", "3d") if office == "East" and size == "small" and one_of(sector, "retail", "marketing") else
            ("west", "5d") if office in ("East", "West") and not eq(sector, "finance") else
            (None, None))
    v = Verdict(list_price=price, discount=discount, office=office, size=size, sector=sector, employees=employees,
                location=location, parent=parent, desk=desk[0], patience=desk[1])
    all_matches(v, "Catalogue", [
        ("No list price", price is None, assign("queue catalogue")),
        ("Unknown agent", agent is None, reject),
    ])
    first_match(v, "Desk", [
        ("Deep discount", stage == "Won" and gt(discount, Decimal("0.1")), effect("notify")),
        ("Abroad", location is not None and not eq(location, "United States"), effect("task")),
        ("Daughter of a customer", parent is not None, effect("call")),
        ("No account", account is None, assign("nobody")),
    ], otherwise=assign(f"queue {desk[0]}") if desk[0] else lose)
    v.settle()
    return v


# --- Help desk --------------------------------------------------------------------------------------------------------

def step(row):
    now, finished, activity = datetime(2012, 11, 1), datetime.fromisoformat(row["CompleteTimestamp"]), int(row["ActivityID"])
    out_of_hours = not 7 <= finished.hour < 19 or finished.isoweekday() >= 6
    v = Verdict(out_of_hours=out_of_hours)
    first_match(v, "Service review", [
        ("Night of a public holiday", finished.month == 12 and 24 <= finished.day <= 26, effect("notify")),
        ("Recent and out of hours", plus_months(now, -3) <= finished <= now and out_of_hours, effect("task")),
        ("Long ago", finished < plus_months(now, -24), effect("start")),
        ("Second year, in the morning", finished < datetime(2012, 1, 1) and finished.hour < 12, accept),
        ("Rare steps", activity not in (1, 6, 8, 9), reject),
    ])
    v.settle()
    return v


# --- Help desk, case by case, in working time ---------------------------------------------------------------------------

ROME, PERTH = ZoneInfo("Europe/Rome"), ZoneInfo("Australia/Perth")
LONG, SHORT = [(510, 780), (840, 1080)], [(510, 780), (840, 1020)]  # minutes of the day

class Calendar:
    """Working time, as a plain list of stretches (start, end) of seconds since 1970, in order."""

    def __init__(self, week, holidays, first, last):
        self.stretches, self.days = [], []
        for number in range((last - first).days + 1):
            today = first + timedelta(days=number)
            hours = [] if today in holidays else week[today.weekday()]
            moments = [(self.moment(today, start), self.moment(today, end)) for start, end in hours]
            self.stretches += moments
            if moments:
                self.days.append((today, moments))

    @staticmethod
    def moment(day, minutes):
        wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
        return wall.replace(tzinfo=ROME).timestamp()

    def worked(self, start, end):
        return sum(max(0, min(end, until) - max(start, since)) for since, until in self.stretches)

    def open_at(self, moment):
        return any(since <= moment < until for since, until in self.stretches)

    def plus_hours(self, moment, hours):
        left = hours * 3600
        for since, until in self.stretches:
            stretch = until - max(since, moment)
            if stretch <= 0:
                continue
            if left <= stretch:
                return max(since, moment) + left
            left -= stretch

    def plus_days(self, moment, count):
        """The same time of the day, so many working days later; outside of the hours, from the next opening."""
        if not self.open_at(moment):
            moment = min(since for since, _ in self.stretches if since >= moment)
        wall = datetime.fromtimestamp(moment, ROME)
        later = [day for day, _ in self.days if day > wall.date()][count - 1]
        return datetime.combine(later, wall.timetz()).timestamp()

    def minus_days(self, moment, count):
        wall = datetime.fromtimestamp(moment, ROME)
        earlier = [day for day, _ in self.days if day < wall.date()][-count]
        return datetime.combine(earlier, wall.timetz()).timestamp()

    def days_between(self, start, end):
        since, until = (datetime.fromtimestamp(moment, ROME).date() for moment in (start, end))
        return sum(since < day <= until for day, _ in self.days)


def halved(amount, age, half_life):
    with localcontext() as context:
        context.prec = 60
        fraction = Decimal(age) / Decimal(half_life)
        return rounded(amount * (-fraction * Decimal(2).ln()).exp(), 6)

def case(steps, office, hotline, now):
    moments = [datetime.fromisoformat(step["CompleteTimestamp"]).replace(tzinfo=PERTH).timestamp() for step in steps]
    opened, closed = min(moments), max(moments)
    answered = min((moment for moment in moments if moment > opened), default=None)
    waits = sum(step["ActivityID"] == "9" for step in steps)
    days = office.days_between(opened, closed)
    late_answer = answered is not None and answered > office.plus_hours(opened, 4)
    solved_late = closed > office.plus_days(opened, 15)
    promise = ("never answered" if answered is None else "answered late" if late_answer else
               "solved late" if solved_late else "kept")
    faded = halved(Decimal(10), int(now - closed), 30 * 86400) if days > 20 and now >= closed else 0
    trouble = min(Decimal(15), 1 + min(6, 2 * waits) + (8 if answered is None else 0) + faded)
    shown = lambda moment: None if moment is None else datetime.fromtimestamp(moment, PERTH).isoformat()
    v = Verdict(opened=shown(opened), closed=shown(closed), answered=shown(answered), promise=promise, waits=Decimal(waits),
                office_days=Decimal(days), office_hours=rounded(Decimal(int(office.worked(opened, closed))) / 3600, 2),
                at_night=any(not hotline.open_at(moment) for moment in moments), trouble=Decimal(trouble))
    all_matches(v, "Service levels", [
        ("Answered late", promise == "answered late", effect("notify")),
        ("Solved late", solved_late, effect("task")),
        ("Beyond the hotline's promise", closed > hotline.plus_hours(opened, 300), reject),
        ("Opened outside office hours", not office.open_at(opened), effect("start")),
        ("Closed in the last three working days", office.minus_days(now, 3) <= closed <= now, effect("call")),
        ("Troubled", trouble >= 9, assign("user lead@help.example")),
    ])
    v.settle()
    return v

def cases(steps, holidays):
    now = datetime(2012, 7, 31, 9, tzinfo=timezone.utc).timestamp()
    span = date(2009, 12, 1), date(2013, 12, 31)
    office = Calendar([LONG] * 4 + [SHORT, [], []], holidays, *span)
    hotline = Calendar([[(420, 1320)]] * 7, set(), *span)
    by_case = {}
    for step in steps:
        by_case.setdefault(step["CaseID"], []).append(step)
    return [case(steps, office, hotline, now) for steps in by_case.values()]


def main(folder):
    select = {column: ("Select",) for column in
              ("Specialization", "How did you hear about X Education", "Lead Profile", "City")}
    leads = rows(folder / "x_education_leads/leads.csv", select | {"Country": ("unknown",)})
    deals = list(rows(folder / "maven_crm/sales_pipeline.csv"))
    steps = list(rows(folder / "event_logs/helpdesk.csv"))
    holidays = {day(row["day"]) for row in rows(Path(__file__).with_name("service_levels") / "italian_holidays.csv")}
    table = lambda name, key, form: {form(row[key]): row for row in rows(folder / f"maven_crm/{name}.csv")}
    beside = table("accounts", "account", fold), table("products", "product", fold), table("sales_teams", "sales_agent", fold)
    print(json.dumps({
        "x_education": summary([lead(row) for row in leads]),
        "maven": summary([opportunity(row) for row in deals]),
        "deals": summary([deal(row, *beside) for row in deals]),
        "helpdesk": summary([step(row) for row in steps]),
        "service_levels": summary(cases(steps, holidays)),
    }, indent=1))


main(Path(sys.argv[1]))
