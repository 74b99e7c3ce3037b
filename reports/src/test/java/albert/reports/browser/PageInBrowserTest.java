package albert.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import albert.evaluation.record.RunRecord;
import albert.reports.output.MadeUp;
import albert.reports.output.ReportWriter;
import albert.reports.summary.ReportModel;
import albert.reports.summary.StudyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page as a browser shows it. Pictures of it lie in {@code target/screenshots} afterwards, for
 * who wants to look.
 */
class PageInBrowserTest {
  private static final String MISSING =
      "no Chromium on the path (chromium, chromium-browser, google-chrome): the page is not tested"
          + " in a browser";
  private static final String HOSTILE =
      "</title></style><script>window.taken = 1</script><img src=x onerror='window.taken = 2'>";

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), MISSING);
    browser = Browser.start(program.get(), Files.createDirectory(folder.resolve("profile")));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void asksTheNetworkForNothingAndBreaksNoRuleOfItsOwn() throws IOException {
    int before = browser.events("Network.requestWillBeSent").size();
    browser.open(page(MadeUp.fullStudy(), MadeUp.fullRuns()));
    browser.evaluate("1");
    List<JsonNode> requests = browser.events("Network.requestWillBeSent");
    assertThat(requests.subList(before, requests.size()))
        .extracting(r -> r.path("params").path("request").path("url").asText())
        .hasSize(1)
        .allMatch(url -> url.startsWith("file:"));
    assertThat(browser.events("Log.entryAdded")).isEmpty();
    assertThat(browser.events("Runtime.exceptionThrown")).isEmpty();
  }

  @Test
  void textsOfUsersRunNothing() throws IOException {
    StudyDescription study = MadeUp.fullStudy();
    StudyDescription hostile =
        new StudyDescription(
            study.study(),
            HOSTILE,
            study.baseline(),
            List.of(
                new StudyDescription.Variant(HOSTILE, new TreeMap<>(MadeUp.values("none", 256)))),
            List.of(new StudyDescription.Reference(HOSTILE, List.of(MadeUp.accuracy(0.64)))),
            HOSTILE);
    List<RunRecord> runs = new ArrayList<>(MadeUp.fullRuns());
    runs.add(MadeUp.builder("all", 64, 9).failed(HOSTILE).build());
    browser.open(page(hostile, runs));
    assertThat(browser.evaluate("typeof window.taken").asText()).isEqualTo("undefined");
    assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
    assertThat(browser.evaluate("document.querySelector('h1').textContent").asText())
        .isEqualTo(HOSTILE);
  }

  /** Tab leads to the link over the header and then to the buttons; Enter sorts. */
  @Test
  void theTableIsSortedByKeyboard() throws IOException {
    browser.resize(1280, 900);
    browser.open(page(MadeUp.fullStudy(), MadeUp.fullRuns()));
    browser.press("Tab", 9, "");
    assertThat(browser.evaluate("document.activeElement.className").asText()).isEqualTo("skip");
    for (int i = 0; i < 30 && !focused().startsWith("parameters"); i++) {
      browser.press("Tab", 9, "");
    }
    assertThat(focused()).startsWith("parameters");
    browser.press("Enter", 13, "\r");
    assertThat(sorted()).isEqualTo("descending");
    assertThat(numbers()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    browser.press("Enter", 13, "\r");
    assertThat(sorted()).isEqualTo("ascending");
    assertThat(numbers()).isSorted();
    assertThat(
            browser
                .evaluate(
                    "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
                        + " && parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
                .asDouble())
        .isGreaterThanOrEqualTo(2);
  }

  private static String focused() {
    return browser.evaluate("document.activeElement.textContent").asText();
  }

  private static String sorted() {
    return browser.evaluate("document.querySelector('[aria-sort]').ariaSort").asText();
  }

  private static List<Double> numbers() {
    List<Double> numbers = new ArrayList<>();
    browser
        .evaluate(
            "[...document.querySelectorAll('table.variants tbody tr')]"
                + ".map(row => row.cells[1].dataset.order).filter(o => o !== '').map(Number)")
        .forEach(number -> numbers.add(number.asDouble()));
    assertThat(numbers).hasSizeGreaterThan(3);
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "light, screen, light, 1280", "dark, screen, dark, 1280",
    "narrow, screen, light, 360", "narrow-dark, screen, dark, 360",
    "print, print, light, 1040"
  })
  void isReadable(String name, String medium, String scheme, int width) throws IOException {
    browser.resize(width, 900);
    browser.medium(medium, scheme);
    browser.open(page(MadeUp.fullStudy(), MadeUp.fullRuns()));
    browser.screenshot(Path.of("target", "screenshots", name + ".png"));
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .as("width of the page")
        .isLessThanOrEqualTo(medium.equals("print") ? 4 * width : width);
    List<String> faint = new ArrayList<>();
    browser.evaluate(CONTRAST).forEach(text -> faint.add(text.asText()));
    assertThat(faint).as("texts of less contrast than 4.5").isEmpty();
    browser.medium("screen", "light");
  }

  /** On a page 400 pixels wide no figure is cut off, and no letter is smaller than 8 pixels. */
  @Test
  void figuresAreReadWholeOnANarrowPage() throws IOException {
    browser.resize(400, 900);
    browser.open(page(MadeUp.fullStudy(), MadeUp.fullRuns()));
    JsonNode figures =
        browser.evaluate(
            "[...document.querySelectorAll('figure svg')].map(svg => [svg.parentElement.clientWidth"
                + " - svg.getBoundingClientRect().width,"
                + " Math.min(...[...svg.querySelectorAll('text')].map(t =>"
                + " parseFloat(getComputedStyle(t).fontSize)))"
                + " * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width])");
    assertThat(figures).isNotEmpty();
    for (JsonNode figure : figures) {
      assertThat(figure.get(0).asDouble()).as("room beside it").isGreaterThanOrEqualTo(0);
      assertThat(figure.get(1).asDouble()).as("letters").isGreaterThan(8);
    }
    browser.resize(1280, 900);
  }

  /** The columns that nobody chose fit on a screen of a laptop. */
  @Test
  void theTableOfVariantsNeedsNoScrolling() throws IOException {
    browser.resize(1300, 900);
    browser.open(page(MadeUp.fullStudy(), MadeUp.fullRuns()));
    assertThat(
            browser
                .evaluate(
                    "(() => { const t = document.querySelector('table.variants');"
                        + " return t.scrollWidth - t.parentElement.clientWidth; })()")
                .asInt())
        .isLessThanOrEqualTo(0);
  }

  @Test
  void whatIsFoldedIsPrinted() throws IOException {
    browser.open(page(MadeUp.fullStudy(), MadeUp.fullRuns()));
    assertThat(browser.evaluate("document.querySelectorAll('details:not([open])').length").asInt())
        .isPositive();
    browser.evaluate(
        "addEventListener('beforeprint', () => {"
            + "window.folded = document.querySelectorAll('details:not([open])').length})");
    byte[] pdf = browser.print();
    Files.createDirectories(Path.of("target", "screenshots"));
    Files.write(Path.of("target", "screenshots", "print.pdf"), pdf);
    assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
    assertThat(browser.evaluate("window.folded").asInt()).isZero();
  }

  /** WCAG's contrast of each text with what lies behind it; figures have grounds of their own. */
  private static final String CONTRAST =
      """
      (() => {
        const channel = v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
        const light = c => 0.2126 * channel(c[0] / 255) + 0.7152 * channel(c[1] / 255)
            + 0.0722 * channel(c[2] / 255);
        const ground = e => {
          for (let n = e; n; n = n.parentElement) {
            const c = parse(getComputedStyle(n).backgroundColor);
            if (c.length === 3 || c[3] > 0.99) return c;
          }
          return [255, 255, 255];
        };
        const bad = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const text = walker.currentNode.textContent.trim();
          const e = walker.currentNode.parentElement;
          if (!text || !e.getClientRects().length || e.closest('script,title,desc')) continue;
          const style = getComputedStyle(e);
          const ink = parse(e.closest('svg') ? style.fill : style.color);
          if (ink.length < 3) continue;
          const a = light(ink), b = light(ground(e));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) bad.push(text.slice(0, 40) + ' ' + ratio.toFixed(2));
        }
        return bad;
      })()
      """;

  private static Path page(StudyDescription study, List<RunRecord> runs) throws IOException {
    return ReportWriter.write(
        ReportModel.of(study, runs, MadeUp.files(folder.resolve("runs"), runs)),
        List.of(),
        Files.createTempDirectory(folder, "report"));
  }
}
