"""Reads what a report shows: the page, Markdown, figures and LaTeX, all as texts and tables."""

import re
import unicodedata
from collections import namedtuple
from html.parser import HTMLParser

from display import spaced

Shown = namedtuple("Shown", "text order strong", defaults=(None, False))  # a cell
Table = namedtuple("Table", "section rows")
Text = namedtuple("Text", "tag css text")


class Drawn:
    """A figure on the page, or a file of its own."""

    def __init__(self):
        self.name, self.caption, self.texts, self.note = "", "", [], ""


class Page(HTMLParser):
    """Texts in their order, a figure as ("figure", name); tables; figures by name."""

    KEPT = {"p", "li", "h1", "h2", "h3", "caption", "figcaption", "summary", "dt", "dd", "title", "desc", "text", "td"}
    KEPT |= {"th"}

    def __init__(self, text):
        super().__init__()
        self.section = self.term = ""
        self.open, self.texts, self.tables, self.figures, self.drawing = [], [], [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "section":
            self.section = attrs["aria-labelledby"]
        elif tag == "figure" or (tag == "svg" and self.drawing is None and "aria-labelledby" in attrs):
            self.drawing = Drawn()
        if tag == "svg" and "aria-labelledby" in attrs:
            self.drawing.name = attrs["aria-labelledby"].split("-title ")[0][len("figure-") :]
            self.figures[self.drawing.name] = self.drawing
            self.texts.append(("figure", self.drawing.name))
        elif tag == "table":
            self.tables.append(Table(self.section, []))
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in self.KEPT:
            self.open.append([attrs, ""])
        elif self.open and tag in ("div", "span"):
            self.open[-1][1] += " "

    def handle_data(self, data):
        if self.open:
            self.open[-1][1] += data

    def handle_endtag(self, tag):
        if tag == "figure":
            self.drawing = None
        if tag not in self.KEPT:
            return
        attrs, text = self.open.pop()
        text, css = spaced(text), attrs.get("class") or ""
        if tag in ("td", "th"):
            self.tables[-1].rows[-1].append(Shown(text, attrs.get("data-order"), "strong" in css.split()))
        elif tag == "dt":
            self.term = text
        elif self.drawing is not None:
            self.in_figure(tag, css, text)
        else:
            self.texts.append(f"{self.term}: {text}" if tag == "dd" else text)

    def in_figure(self, tag, css, text):
        if tag == "figcaption":
            self.drawing.caption = text
        elif tag == "p":
            self.drawing.note = text
        else:
            self.drawing.texts.append(Text(tag, css, text))


def markdown(text):
    """(texts as on the page, tables with the title of their section, {figure: (title, note)})."""
    plain = lambda shown: spaced(re.sub(r"\\(.)", r"\1", shown))
    section, texts, tables, figures, image = "", [], [], {}, None
    for block in text.split("\n\n"):
        lines = block.strip("\n").splitlines()
        if lines and lines[0].startswith("|"):
            cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if not re.fullmatch(r"[|:-]+", line)]
            tables.append(Table(section, [[Shown(plain(cell)) for cell in row] for row in cells]))
            lines = []
        for line in lines:
            shown = plain(re.sub(r"^(\*\*Answer\.\*\* |- |# |## |### )", "", line))
            section = shown if line.startswith("## ") else section
            found = re.fullmatch(r"!\[(.*)\]\(figures/([^()]*)\.svg\)", line)
            if found:
                figures[found[2]] = plain(found[1]), ""
                shown = "figure", found[2]
            elif image and re.match("(Outside the picture:|No room for the names of|Names stand at the points)", shown):
                figures[image] = figures[image][0], shown
                shown = ""
            image = found and found[2]
            texts += [shown] if shown else []
    return texts, tables, figures


# --- LaTeX ---

COMMANDS = {
    r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", r"\{": "{", r"\}": "}", "~": " ", r"\,": " ",
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textless{}": "<",
    r"\textgreater{}": ">", r"\textbar{}": "|", r"\char34{}": '"', r"\char96{}": "`", "{[}": "[", "{]}": "]",
    "{*}": "*", "{}-": "-", "---": "—", "--": "–", "$-$": "−", r"$\pm$": "±", r"$\times$": "×", r"$\div$": "÷",
    r"$\cdot$": "·", r"$\neq$": "≠", r"$\leq$": "≤", r"$\geq$": "≥", r"$\approx$": "≈", r"$\infty$": "∞",
    r"$\surd$": "√", r"$\rightarrow$": "→", r"$\leftarrow$": "←", r"$\uparrow$": "↑", r"$\downarrow$": "↓",
    r"$^{\circ}$": "°", "$^{1}$": "¹", "$^{2}$": "²", "$^{3}$": "³", r"$\Delta$": "Δ", r"$\Sigma$": "Σ",
    r"$\Omega$": "Ω", "(!)": "⚠", r"\dots{}": "…", r"\S{}": "§", r"\copyright{}": "©", r"\ss{}": "ß", r"\ae{}": "æ",
    r"\AE{}": "Æ", r"\oe{}": "œ", r"\OE{}": "Œ", r"\o{}": "ø", r"\O{}": "Ø", r"\l{}": "ł", r"\L{}": "Ł",
    r"\i{}": "ı", "!`": "¡", "?`": "¿", "``": "“", "''": "”", r"\allowbreak{}": "",
}  # fmt: skip
GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π"}
COMMANDS.update({f"$\\{name}$": letter for name, letter in GREEK.items()})
COMMANDS.update({f"$\\{name}$": letter for name, letter in zip(("rho", "sigma", "tau", "chi"), "ρστχ")})
MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0331"
ACCENTS = dict(zip("`'^~=u.\"rHvdcb", MARKS))
TOKEN = re.compile(
    r"\\albertchar\{(?P<number>\d+)\}\{[0-9A-F]+\}|\\(?P<accent>[`'^~=u.\"rHvdcb])\{\\?(?P<letter>[a-zA-Z])\}|"
    + "|".join(re.escape(command) for command in sorted(COMMANDS, key=len, reverse=True))
)


def from_latex(text):
    def character(found):
        if found["number"]:
            return chr(int(found["number"]))
        if found["accent"]:
            return unicodedata.normalize("NFC", found["letter"] + ACCENTS[found["accent"]])
        return COMMANDS[found[0]]

    return spaced(TOKEN.sub(character, text))


def for_latex(text):
    """A text as far as LaTeX tells its characters apart."""
    kept = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cf", "Cs"))
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in kept if not "\ufe00" <= c <= "\ufe0f")
    same = {"‘": "`", "’": "'", "''": "”", "µ": "μ", "(!)": "⚠"}
    text = "".join(kept)
    for one, other in same.items():
        text = text.replace(one, other)
    return spaced(text)


LatexTable = namedtuple("LatexTable", "caption label heads rows notes")


def latex(text):
    """The tables of a file."""
    return [latex_table(part.partition(r"\end{table}")[0]) for part in text.split(r"\begin{table}")[1:]]


def latex_table(text):
    caption, label = (re.search(r"\\%s\{(.*)\}\n" % name, text)[1] for name in ("caption", "label"))
    heads, _, rest = text.partition("\\toprule\n")[2].partition("\\midrule\n")
    rows, _, notes = rest.partition("\\bottomrule\n")
    cells = lambda lines: [list(map(latex_cell, line.split(" & "))) for line in lines.split(" \\tabularnewline\n")[:-1]]
    notes = [from_latex(note) for note in re.findall(r"^(.*)\\par$", notes, re.M)]
    return LatexTable(from_latex(caption), label, cells(heads), cells(rows), notes)


def latex_cell(text):
    text = re.sub(r"^\\ragged(right|left) ", "", text)
    bold = re.fullmatch(r"\\textbf\{(.*)\}", text)
    return Shown(from_latex(bold[1] if bold else text), None, bool(bold))
