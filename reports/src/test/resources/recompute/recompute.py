"""Recomputes every number of a study's report from the store of its runs, and compares.

    python recompute.py RUNS/STUDY REPORT_DIR

Reads study.json, and of each run run.json, metrics.jsonl and predictions; of the report all files. Compared are

- each cell of tables/*.csv: numbers to a relative 1e-11, what is recorded (runs.csv) and texts exactly;
- each cell of the tables of report.html, report.md and tables/*.tex, as displayed, and what the page sorts variants by;
- each text with a digit in report.html and report.md: it must be a recomputed one, or a fixed explanation with the
  numbers that belong to it; and each recomputed text must be there;
- each text of the figures, on the page and as files: titles, descriptions, tooltips, labels, values;
- each headline score of the records with the predictions of its run, where there are any.

Not compared: labels of ticks, where marks stand in a figure, colours and bold print, and benchmarks (--jmh), which are
not from runs. Which names find no room in a figure is taken from the report. Published figures and their faults are
those of the suite's own resources. Exit status: 1 if anything differs or is not explained, else 0.
"""

import csv
import math
import re
import sys
from collections import Counter, namedtuple
from html.parser import HTMLParser
from pathlib import Path

sys.dont_write_bytecode = True  # nothing beside the sources

import expected
import progress
import runs
import seed_statistics as stats
import texts

Text = namedtuple("Text", "section figure tag css text")
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
TICK = re.compile(r"−?[\d.]+[kMGTP]?")
SHEETS = {
    "variants": "",
    "comparisons": "Comparisons with the baseline",
    "findings": "The paper's findings",
    "against-the-papers": "Against the papers",
    "why-not-faster": "Why is ALBERT not faster?",
}
EXPLAINED = {
    "Scores are mean ± standard deviation over seeds.": ["2"],
    "Difference: mean over seeds that both sides have": ["95", "95", "1,000", "2106.16163", "0.05", "80"],
    "Each finding is put to all pairs of variants": ["95", "1.1"],
}
LATEX = str.maketrans(
    {c: "\\" + c for c in "&%$#_{}"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}"}
    | {">": "\\textgreater{}", "|": "\\textbar{}", '"': "\\textquotedbl{}", "–": "--", "−": "$-$", "±": "$\\pm$"}
    | {"Δ": "$\\Delta$", "≠": "$\\neq$", "⚠": "(!)", "×": "$\\times$", "√": "$\\surd$"}
)


def spaced(text):
    return " ".join(text.split())


class Tally:
    """What was compared, a count a file, and what differs."""

    def __init__(self):
        self.counts, self.problems = Counter(), []

    def check(self, file, ok, problem):
        self.counts[file] += 1
        if not ok:
            self.problems.append(f"{file}: {problem}")

    def equal(self, file, where, shown, wanted):
        self.check(file, shown == wanted, f"{where}: shown is {shown!r}, recomputed {wanted!r}")

    def same_length(self, file, where, shown, wanted):
        if len(shown) != len(wanted):
            self.problems.append(f"{file}: {where}: {len(shown)} are shown, {len(wanted)} recomputed")


# --- CSV ---


def close(shown, wanted, exact=False):
    try:
        if exact:
            return float(shown) == float(wanted)
        return math.isclose(float(shown), float(wanted), rel_tol=1e-11, abs_tol=1e-15)
    except ValueError:
        return False


def same_figure(shown, wanted, exact=False):
    if wanted is None or wanted == "":
        return shown == ""
    if isinstance(wanted, str):
        return shown in (wanted, "'" + wanted) or close(shown, wanted, exact)
    return close(shown, wanted, exact)


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def check_csv(found, folder, name, wanted):
    exact = name == "runs"
    file = f"tables/{name}.csv"
    head, *rows = read_csv(folder / file)
    columns = list(dict.fromkeys(column for row in wanted for column in row))
    found.equal(file, "names of the columns", sorted(head), sorted(columns))
    found.same_length(file, "rows", rows, wanted)
    for i, (row, own) in enumerate(zip(rows, wanted), 1):
        for column, shown in zip(head, row):
            value = own.get(column)
            ok = same_figure(shown, value, exact)
            found.check(file, ok, f"row {i}, {column}: shown is {shown!r}, recomputed {value!r}")


def check_two_keys(found, folder, name, key, means):
    file = f"tables/{name}.csv"
    head, *rows = read_csv(folder / file)
    pairs = {(row[0], column): shown for row in rows for column, shown in zip(head[1:], row[1:])}
    found.equal(file, "first column", head[0], key)
    found.equal(file, "values of both keys", sorted({*map(" ".join, means)} - {*map(" ".join, pairs)}), [])
    for pair, shown in pairs.items():
        value = means.get(pair)
        found.check(file, same_figure(shown, value), f"{pair}: shown is {shown!r}, recomputed {value!r}")


# --- the page, Markdown, LaTeX ---


class Page(HTMLParser):
    """Texts and tables of a page or of a figure."""

    KEPT = {"p", "li", "h1", "h2", "caption", "figcaption", "summary", "dt", "dd", "title", "desc", "text", "td", "th"}

    def __init__(self, text):
        super().__init__()
        self.section = self.figure = self.term = ""
        self.open, self.texts, self.tables = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "section":
            self.section = attrs["aria-labelledby"]
        elif tag == "svg" and "aria-labelledby" in attrs:
            self.figure = attrs["aria-labelledby"].split("-title ")[0][len("figure-") :]
        elif tag == "table":
            self.tables.append((self.section, []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in self.KEPT:
            self.open.append([attrs, ""])
        elif self.open and tag in ("div", "span"):
            self.open[-1][1] += " "

    def handle_data(self, data):
        if self.open:
            self.open[-1][1] += data

    def handle_endtag(self, tag):
        self.figure = "" if tag == "svg" else self.figure
        if tag not in self.KEPT:
            return
        attrs, text = self.open.pop()
        text = spaced(text)
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append((text, attrs.get("data-order")))
        elif tag == "dt":
            self.term = text
        else:
            shown = f"{self.term}: {text}" if tag == "dd" else text
            self.texts.append(Text(self.section, self.figure, tag, attrs.get("class"), shown))


def read_markdown(text):
    """(tables as on the page, texts)."""
    plain = lambda shown: spaced(re.sub(r"\\(.)", r"\1", shown))
    section, tables, found = "", [], []
    for line in text.splitlines():
        if line.startswith("|"):
            if not tables or tables[-1][0] != section:
                tables.append((section, []))
            if not re.fullmatch(r"[|:-]+", line):
                cells = re.split(r"(?<!\\)\|", line)[1:-1]
                tables[-1][1].append([(plain(cell), None) for cell in cells])
            continue
        shown = plain(re.sub(r"^(\*\*Answer\.\*\* |- |# |## |!\[(?=.*\.svg\)$))", "", line))
        if line.startswith("## "):
            section = shown
        if line.startswith("!["):
            shown = shown.rpartition("](figures/")[0]
        found.append(Text(section, "", "", "", shown))
    return tables, found


def displayed(cell, style):
    """A cell as a format shows it."""
    if style == "html" or not cell.text:
        return spaced(f"{cell.text or '–'} {cell.detail if style == 'html' else ''}")
    detail = cell.detail and (" " + cell.detail if cell.detail.startswith("±") else f" ({cell.detail})")
    return cell.text + detail if style == "tex" else spaced(cell.text + detail)


def check_heads(found, file, study, heads):
    """Heads have no other numbers than those of metrics, intervals and percentiles."""
    for head in heads:
        for label in sorted({spaced(m.label) for m in study.metrics}, key=len, reverse=True):
            head = head.replace(label, "")
        found.check(file, set(NUMBER.findall(head)) <= {"50", "90", "95", "99"}, f"not explained: {head!r}")


def check_tables(found, file, style, study, tables, sheets, titles):
    """Tables of the page or of Markdown; a row of heads comes first."""
    shown = {section: rows for section, rows in tables if section not in ("runs", "benchmarks", "Benchmarks")}
    found.equal(file, "tables", list(shown), [titles[name] for name in sheets])
    for name, wanted in sheets.items():
        heads, *rows = shown.get(titles[name], [[]])
        check_heads(found, file, study, [head for head, _ in heads])
        found.same_length(file, name + ", rows", rows, wanted)
        for i, (row, cells) in enumerate(zip(rows, wanted), 1):
            found.same_length(file, f"{name}, row {i}", row, cells)
            for (text, order), cell in zip(row, cells):
                found.equal(file, f"{name}, row {i}", text, displayed(cell, style))
                if order is not None:
                    ok = same_figure(order, cell.order)
                    found.check(file, ok, f"{name}, row {i}: sorted by {order!r}, recomputed {cell.order!r}")


def check_latex(found, folder, study, name, wanted):
    file = f"tables/{name}.tex"
    heads, _, body = (folder / file).read_text("utf-8").partition("\\midrule\n")
    check_heads(found, file, study, heads.partition("\\toprule\n")[2].replace("\n", " & ").split(" & "))
    body = body.partition("\\bottomrule")[0]
    rows = [line.removesuffix(" \\\\").split(" & ") for line in body.splitlines()]
    found.same_length(file, "rows", rows, wanted)
    for i, (row, cells) in enumerate(zip(rows, wanted), 1):
        for shown, cell in zip(row, cells):
            found.equal(file, f"row {i}", shown, displayed(cell, "tex").translate(LATEX))


# --- texts ---


def is_note(text, outside, names):
    """What a figure says of what it does not show; the names that found no room may be any of its own."""
    rest = text.removeprefix(outside).removeprefix(" ")
    match = re.fullmatch(r"(No room for the names of (?P<names>.*?)\. ?)?(Names stand at the points .* alone\.)?", rest)
    if not text.startswith(outside) or not match:
        return False
    left = match["names"] or ""
    for name in sorted(map(spaced, names), key=len, reverse=True):
        left = left.replace(name, "")
    return not left.strip(", ")


def explained(text, wanted, notes):
    numbers = next((n for start, n in EXPLAINED.items() if text.startswith(start)), None)
    if numbers is not None and NUMBER.findall(text) == numbers:
        return True
    return text in wanted or any(is_note(text, spaced(outside), names) for outside, names in notes)


def check_texts(found, file, shown, wanted, notes):
    """Each text with a digit has to be a wanted one or a fixed explanation, and each wanted one has to be there."""
    shown = [text for text in shown if DIGIT.search(text)]
    wanted = [text for text in map(spaced, wanted) if DIGIT.search(text)]
    for text in shown:
        found.check(file, explained(text, wanted, notes), f"not explained: {text!r}")
    for text in wanted:
        found.check(file, text in shown, f"missing: {text!r}")
    for outside in {spaced(outside) for outside, _ in notes if outside}:
        found.check(file, any(text.startswith(outside) for text in shown), f"missing: {outside!r}")


def check_figure(found, file, shown, figure):
    """Title and description, then tooltips, labels and values; ticks are left out."""
    must, may = ({spaced(text) for text in part} for part in (figure.must, figure.may))
    heads = [next((t.text for t in shown if t.tag == tag), None) for tag in ("title", "desc")]
    found.equal(file, "title and description", heads, [spaced(figure.title), spaced(figure.description)])
    for t in shown[2:]:
        tick = t.css == "soft" and TICK.fullmatch(t.text)
        if DIGIT.search(t.text) and not (tick and t.text not in must):
            found.check(file, t.text in must | may, f"not explained: {t.text!r}")
    for text in must - {t.text for t in shown}:
        found.check(file, False, f"missing: {text!r}")


def check_prose(found, folder, study, page, why):
    answer, (heads, commands) = texts.answer(study), texts.run_heads(study)
    figures, about = texts.figures(study), study.about
    common = [about["question"], *texts.warnings(study), *why["sentences"], *why["legend"]]
    common += texts.settings(study) + texts.provenance(study) + [figure.title for figure in figures.values()]
    notes = [figure.note for figure in figures.values() if figure.note]
    EXPLAINED["Of BERT's: as a share of what the BERT of the same shape has"] = why["note"]
    keys = ", ".join(study.keys) or "nothing but seeds"
    html = [f"{about['study']} – report", f"Study {about['study']}", *answer, *heads, *commands]
    html.append(f"What all runs share. The table's rows differ in {keys}.")
    shown = [t.text for t in page.texts if not t.figure and t.section != "benchmarks"]
    check_texts(found, "report.html", shown, common + html, notes)
    tables, shown = read_markdown((folder / "report.md").read_text("utf-8"))
    shown = [t.text for t in shown if t.section != "Benchmarks"]
    check_texts(found, "report.md", shown, [*common, about["study"], " ".join(answer)], notes)
    return tables, figures


def check_runs(found, study, page):
    rows = [row for section, table in page.tables if section == "runs" for row in table[1:]]
    found.same_length("report.html", "runs", rows, study.runs)
    for run, row in zip(study.runs, rows):
        for (shown, _), wanted in zip(row, texts.run_cells(run)):
            found.equal("report.html", f"run {run['run_id']}", shown, spaced(wanted))


def check_records(found, study):
    """The scores that all begins with: those of the predictions that lie beside them."""
    for run in study.runs:
        for m in study.metrics:
            path = run["folder"] / "predictions" / (m.split + ".jsonl")
            score = next(iter(runs.of_metric(runs.headline(run), m)), None)
            if score and score["value"] is not None and m.name in stats.METRICS and runs.predictions(path):
                own = stats.METRICS[m.name](*runs.answers(path, m.name))
                where = f"{run['run_id']}, {m.label}"
                ok = close(score["value"], own)
                found.check("run.json", ok, f"{where}: recorded is {score['value']}, by the predictions {own}")
                found.equal("run.json", where + ", examples", score["n"], len(runs.predictions(path)))


def names_in(folder, pattern):
    return sorted(path.stem for path in folder.glob(pattern) if path.stem != "benchmarks")


def compare(store, report):
    progress.stage(f"reading and comparing the runs of {store}")
    found, study = Tally(), runs.load(store)
    progress.stage(f"comparing with {report}")
    raw, shown = expected.variants(study)
    papers, legend = expected.papers(study)
    sentences, speed, note = expected.why_not_faster(study)
    compared = [(row, m) for m in study.metrics for row in study.variants if m in row.comparisons]
    sheets = {
        "variants": shown,
        "comparisons": [expected.comparison_cells(row, m, row.comparisons[m]) for row, m in compared],
        "findings": expected.findings(study),
        "against-the-papers": papers,
        "why-not-faster": speed,
    }
    sheets = {name: rows for name, rows in sheets.items() if rows}
    merged = lambda row: {column: value for cell in row for column, value in cell.raw.items()}
    tables = {name: list(map(merged, rows)) for name, rows in sheets.items()}
    tables.update(variants=raw, runs=expected.run_rows(study))
    pairs = expected.by_two_keys(study)
    found.equal("tables", "CSV files", names_in(report, "tables/*.csv"), sorted([*tables, *pairs]))
    found.equal("tables", "LaTeX files", names_in(report, "tables/*.tex"), sorted(sheets))
    for name in names_in(report, "tables/*.csv"):
        if name in tables:
            check_csv(found, report, name, tables[name])
        elif name in pairs:
            check_two_keys(found, report, name, *pairs[name])
    for name in set(names_in(report, "tables/*.tex")) & set(sheets):
        check_latex(found, report, study, name, sheets[name])
    page = Page((report / "report.html").read_text("utf-8"))
    why = {"sentences": sentences, "legend": legend, "note": note}
    markdown, figures = check_prose(found, report, study, page, why)
    sections = {**{name: name for name in sheets}, "variants": "results"}
    check_tables(found, "report.html", "html", study, page.tables, sheets, sections)
    check_tables(found, "report.md", "md", study, markdown, sheets, SHEETS)
    check_runs(found, study, page)
    found.equal("figures", "files", names_in(report, "figures/*.svg"), sorted(figures))
    for name in set(names_in(report, "figures/*.svg")) & set(figures):
        file = f"figures/{name}.svg"
        check_figure(found, file, Page((report / file).read_text("utf-8")).texts, figures[name])
        inline = [t for t in page.texts if t.figure == name]
        check_figure(found, "report.html", inline, figures[name])
    check_records(found, study)
    return found


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    found = compare(*map(Path, arguments))
    progress.end()
    for file, count in sorted(found.counts.items()):
        print(f"{count:6} compared  {file}")
    for problem in found.problems:
        print("differs: " + problem)
    print(f"{sum(found.counts.values())} compared, {len(found.problems)} differ or are not explained")
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
