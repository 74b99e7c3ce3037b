"""Recomputes every number of a study's report from the store of its runs, and compares.

    python recompute.py RUNS/STUDY REPORT_DIR

Reads study.json, and of each run run.json, metrics.jsonl and predictions; of the report all files. Compared are

- each cell of tables/*.csv: numbers to a relative 1e-11, what is recorded (runs.csv) and texts exactly;
- each cell of the tables of report.html, report.md and tables/*.tex, as displayed, with the heads, captions and notes,
  which cells are bold, and what the page sorts variants by;
- each text of report.html and report.md, in its order: it must be the recomputed one, or a fixed explanation with the
  numbers that belong to it;
- each text of the figures, on the page and as files, in its order: titles, descriptions, tooltips, labels, legends;
- each headline score of the records with the predictions of its run, where there are any.

Not compared: labels of ticks, where marks stand in a figure, colours, figures as PDF, and benchmarks (--jmh), which are
not from runs. Which names find no room in a figure is taken from the figure. Published figures and their faults are
those of the suite's own resources. Logs of more than 60 MB and predictions of more than 200 MB in all, which a report
does not read, are read here. Exit status: 1 if anything differs, else 0.
"""

import csv
import math
import re
import sys
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True  # nothing beside the sources

import confusions
import example_statistics as examples
import expected
import figures
import judging
import progress
import published
import reading
import runs
import several_tasks
import texts
import tuning
from display import spaced

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
TICK = re.compile(r"−?[\d.]+[kMGTP]?")


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


def displayed(cell, style):
    """A cell as a format shows it."""
    if style == "html" or not cell.text:
        return spaced(f"{cell.text or '–'} {cell.detail if style == 'html' else ''}")
    detail = cell.detail and (" " + cell.detail if cell.detail.startswith("±") else f" ({cell.detail})")
    return spaced(cell.text + detail)


def head_shown(head, style):
    heading, unit = head
    return spaced(f"{heading} {unit}" if style == "html" or not unit else f"{heading} ({unit})")


def check_table(found, file, style, rows, sheet):
    """A row of heads comes first."""
    heads, *rows = rows or [[]]
    found.equal(file, sheet.name + ", heads", [s.text for s in heads], [head_shown(h, style) for h in sheet.heads])
    check_rows(found, file, style, rows, sheet)


def check_rows(found, file, style, rows, sheet, normal=lambda text: text):
    found.same_length(file, sheet.name + ", rows", rows, sheet.rows)
    for i, (row, cells) in enumerate(zip(rows, sheet.rows), 1):
        where = f"{sheet.name}, row {i}"
        found.same_length(file, where, row, cells)
        for shown, cell in zip(row, cells):
            found.equal(file, where, shown.text, normal(displayed(cell, style)))
            if style != "md":
                found.equal(file, f"{where}, {shown.text!r}, bold", shown.strong, cell.strong)
            if shown.order is not None:
                ok = same_figure(shown.order, cell.order)
                found.check(file, ok, f"{where}: sorted by {shown.order!r}, recomputed {cell.order!r}")


def check_tables(found, file, style, tables, sheets, sections):
    """Tables of the page or of Markdown, with the sections that they stand in."""
    tables = [table for table in tables if table.section not in ("runs", "benchmarks", "Benchmarks")]
    found.equal(file, "tables", [table.section for table in tables], sections)
    for table, sheet in zip(tables, sheets):
        check_table(found, file, style, table.rows, sheet)


def check_latex(found, folder, name, wanted):
    """A file with a table for each of (sheet, caption)."""
    file = f"tables/{name}.tex"
    tables = reading.latex((folder / file).read_text("utf-8"))
    found.same_length(file, "tables", tables, wanted)
    for table, (sheet, caption) in zip(tables, wanted):
        found.equal(file, "caption", table.caption, reading.for_latex(caption))
        found.equal(file, "label", table.label, "tab:" + re.sub("[^a-zA-Z0-9-]+", "-", sheet.name))
        lines = [[heading for heading, _ in sheet.heads], [unit for _, unit in sheet.heads]]
        lines = [list(map(reading.for_latex, line)) for line in lines if any(line)]
        found.equal(file, "heads", [[s.text for s in line] for line in table.heads], lines)
        check_rows(found, file, "tex", table.rows, sheet, reading.for_latex)
        check_texts(found, file, table.notes, sheet.notes, reading.for_latex)


# --- texts ---


def is_wanted(shown, wanted, normal):
    if not isinstance(wanted, expected.Fixed):
        return shown == (wanted if isinstance(wanted, tuple) else normal(spaced(wanted)))
    if isinstance(shown, tuple) or not shown.startswith(normal(wanted.start)):
        return False
    return wanted.numbers is None or NUMBER.findall(shown) == wanted.numbers


def check_texts(found, file, shown, wanted, normal=lambda text: text):
    """In their order. Where they part, what stands on one side alone is named until they meet again."""
    shown, wanted = [text for text in shown if text], [text for text in wanted if text]
    i = j = 0
    while i < len(shown) or j < len(wanted):
        if i < len(shown) and j < len(wanted) and is_wanted(shown[i], wanted[j], normal):
            found.check(file, True, "")
            i, j = i + 1, j + 1
        elif j < len(wanted) and not any(is_wanted(text, wanted[j], normal) for text in shown[i:]):
            found.check(file, False, f"missing: {wanted[j]!r}")
            j += 1
        else:
            found.check(file, False, f"not explained: {shown[i]!r}" if i < len(shown) else f"missing: {wanted[j]!r}")
            i, j = (i + 1, j) if i < len(shown) else (i, j + 1)


def taken(shown, label):
    """How many of the texts that come next are the label, on as many lines or cut off; 0 if they are not it."""
    for n in range(1, label.lines + 1):
        text, whole = spaced(" ".join(shown[:n])), spaced(label.text)
        cut = text.endswith("…") and whole.startswith(text[:-1].rstrip())
        if len(shown) >= n and (text == whole or cut):
            return n
    return 0


def check_figure(found, file, drawn, figure):
    """Title and description, then labels, tooltips and legend in their order; what is left out must be in the note."""
    found.equal(file, "title and description", [t.text for t in drawn.texts[:2]], [figure.title, figure.description])
    is_tick = lambda t: figure.ticks and t.css == "soft" and TICK.fullmatch(t.text)
    shown, left_out = [t.text for t in drawn.texts[2:] if not is_tick(t)], []
    for label in figure.labels:
        n = taken(shown, label)
        if not n and not label.optional:
            found.check(file, False, f"shown is {shown[:1]!r}, recomputed {label.text!r}")
            return
        left_out += [] if n else [label]
        found.check(file, True, "")
        shown = shown[n:]
    found.equal(file, "texts behind the last one", shown, [])
    return note_of(figure, left_out)


def note_of(figure, left_out):
    """What stands under a figure. Names of points come before those of lines, which may stand on one line alone."""
    names = [label.text for label in sorted(left_out, key=lambda label: label.lines == 1)]
    names = [label.text for label in left_out if label.lines == 1] if figure.crowded else names
    parts = [figure.outside] if figure.outside else []
    parts += [f"No room for the names of {', '.join(names)}."] if names else []
    parts += ["Names stand at the points that no other one beats alone."] if figure.crowded else []
    return spaced(" ".join(parts))


def check_figures(found, report, page, images, wanted):
    found.equal("figures", "files", names_in(report, "figures/*.svg"), sorted(wanted))
    for name in set(names_in(report, "figures/*.svg")) & set(wanted):
        file = f"figures/{name}.svg"
        alone = reading.Page((report / file).read_text("utf-8")).figures
        check_figure(found, file, alone.get(name, reading.Drawn()), wanted[name])
        drawn = page.figures.get(name, reading.Drawn())
        note = check_figure(found, "report.html", drawn, wanted[name])
        heads = [spaced(wanted[name].title), note]
        found.equal("report.html", f"caption and note of {name}", [drawn.caption, drawn.note], heads)
        found.equal("report.md", f"caption and note of {name}", list(images.get(name, ())), heads)


def check_runs(found, study, page):
    rows = [row for table in page.tables if table.section == "runs" for row in table.rows[1:]]
    found.same_length("report.html", "runs", rows, study.runs)
    for run, row in zip(study.runs, rows):
        found.same_length("report.html", "columns of runs", row, texts.run_cells(run))
        for shown, wanted in zip(row, texts.run_cells(run)):
            found.equal("report.html", f"run {run['run_id']}", shown.text, spaced(wanted))


def check_records(found, study):
    """The scores that all begins with: those of the predictions that lie beside them."""
    for run in study.runs:
        for m in study.metrics:
            path = runs.predictions_of(run, m.split)
            score = next(iter(runs.of_metric(runs.headline(run), m)), None)
            known = m.name in examples.METRICS and runs.may_be_of(run, m.task) and runs.predictions(path)
            if score and score["value"] is not None and known and runs.answers(path, m.name):
                own = examples.METRICS[m.name](*runs.answers(path, m.name))
                where = f"{run['run_id']}, {m.label}"
                ok = close(score["value"], own)
                found.check("run.json", ok, f"{where}: recorded is {score['value']}, by the predictions {own}")
                found.equal("run.json", where + ", examples", score["n"], len(runs.predictions(path)))


def names_in(folder, pattern):
    return sorted(path.stem for path in folder.glob(pattern) if path.stem != "benchmarks")


def check_files(found, report, study, raw, sheets):
    """CSV and LaTeX."""
    merged = lambda row: {column: value for cell in row for column, value in cell.raw.items()}
    tables = {sheet.name: list(map(merged, sheet.rows)) for sheet in sheets}
    tables.update(variants=raw, runs=expected.run_rows(study))
    pairs = expected.by_two_keys(study)
    captions = {sheet.name: sheet.title + ("" if sheet.title.endswith("?") else ".") for sheet in sheets}
    captions["comparisons"] = " ".join([captions.get("comparisons", ""), *texts.test(study)])
    latex = {sheet.name: [(sheet, captions[sheet.name])] for sheet in sheets}
    latex["variants"] = expected.paper_tables(study)
    found.equal("tables", "CSV files", names_in(report, "tables/*.csv"), sorted([*tables, *pairs]))
    found.equal("tables", "LaTeX files", names_in(report, "tables/*.tex"), sorted(latex))
    for name in names_in(report, "tables/*.csv"):
        if name in tables:
            check_csv(found, report, name, tables[name])
        elif name in pairs:
            check_two_keys(found, report, name, *pairs[name])
    for name in set(names_in(report, "tables/*.tex")) & set(latex):
        check_latex(found, report, name, latex[name])


def without_benchmarks(shown, until):
    """The texts but for those of the section of benchmarks."""
    if "Benchmarks" not in shown:
        return shown
    begin = shown.index("Benchmarks")
    end = next(i for i, text in enumerate(shown) if i > begin and (text in until or isinstance(text, tuple)))
    return shown[:begin] + shown[end:]


def compare(store, report):
    progress.stage(f"reading and comparing the runs of {store}")
    found, study = Tally(), runs.load(store)
    judging.judge(study)
    study.several = several_tasks.load(study)
    progress.stage(f"comparing with {report}")
    raw, variants = expected.variants(study)
    of_tasks = expected.by_task(study, variants) if study.several else {"": variants}
    first = [several_tasks.sheet(study, study.several)] if study.several else []
    others = [expected.comparisons(study), expected.effects(study), tuning.sheet(study), confusions.sheet(study)]
    others += [published.findings(study), published.against(study), expected.why_not_faster(study)]
    others, drawings = [sheet for sheet in others if sheet.rows], figures.figures(study)
    sheets, variants = first + others, list(of_tasks.values())
    check_files(found, report, study, raw, sheets)
    page = reading.Page((report / "report.html").read_text("utf-8"))
    shown, tables, images = reading.markdown((report / "report.md").read_text("utf-8"))
    ends, parts = ("Figures", "Methods"), (study, sheets, drawings, of_tasks)
    check_texts(found, "report.html", without_benchmarks(page.texts, ends), texts.page(*parts))
    check_texts(found, "report.md", without_benchmarks(shown, ends), texts.markdown(*parts))
    shown = [*first, *variants, *others]
    sections = ["results" if sheet in variants else sheet.name for sheet in shown]
    check_tables(found, "report.html", "html", page.tables, shown, sections)
    results = "Results" if len(variants) > 1 else first[0].title if first else ""
    titles = [results if sheet in variants else sheet.title for sheet in shown]
    check_tables(found, "report.md", "md", tables, shown, titles)
    check_figures(found, report, page, images, drawings)
    check_runs(found, study, page)
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
