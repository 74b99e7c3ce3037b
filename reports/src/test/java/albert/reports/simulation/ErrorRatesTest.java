package albert.reports.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Power;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of the reports err no more often than they say. The whole table, into {@code
 * target/error-rates.md}: {@code mvn test -pl reports -am -Dtest=ErrorRatesTest
 * -Dalbert.simulated.studies=500}.
 */
class ErrorRatesTest {
  private static final int STUDIES = 300;

  /** 5 %, and three standard errors of a share of that many studies. */
  private static final double BOUND = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / STUDIES);

  @ParameterizedTest
  @CsvSource({
    "2, 3, true, 0, false", "3, 1, true, 0, false", "3, 10, false, 0, false",
    "3, 3, true, 0.5, true", "5, 3, false, 0.5, false", "5, 10, true, 0, false",
    "10, 3, true, 0, false",
  })
  void falseClaimsAreRare(
      int seeds, int comparisons, boolean even, double correlation, boolean paired) {
    List<Double> spread = ErrorRates.deviations(comparisons, even);
    ErrorRates.Rates none =
        ErrorRates.of(
            new SimulatedStudy(seeds, ErrorRates.equal(comparisons), spread, correlation, paired),
            STUDIES);
    assertThat(none.verdict()).isLessThanOrEqualTo(BOUND);
    assertThat(none.letters()).isLessThanOrEqualTo(BOUND);
    assertThat(none.bold()).isLessThanOrEqualTo(BOUND);
    assertThat(none.headline()).isLessThanOrEqualTo(BOUND);
    ErrorRates.Rates half =
        ErrorRates.of(
            new SimulatedStudy(
                seeds, ErrorRates.halfWorse(comparisons), spread, correlation, paired),
            STUDIES);
    assertThat(half.recommended()).isLessThanOrEqualTo(BOUND);
    assertThat(half.verdict()).isLessThanOrEqualTo(BOUND);
    if (seeds < Analysis.FEWEST_SEEDS) {
      assertThat(none.headline() + half.headline()).isZero();
    } else {
      assertThat(none.covered()).isGreaterThan(0.92);
    }
  }

  @Test
  void whatTheDryRunPromisesIsFound() {
    List<Double> truths = new ArrayList<>(ErrorRates.equal(3));
    truths.set(0, -SimulatedStudy.SD * Power.resolvable(5, 3, Analysis.DEFAULT));
    ErrorRates.Rates rates =
        ErrorRates.of(
            new SimulatedStudy(5, truths, ErrorRates.deviations(3, true), 0, false), 2_000);
    assertThat(rates.found()).isBetween(0.77, 0.83);
  }

  @Test
  void thePowerInTheDocumentationIsThatOfTheRule() throws Exception {
    assertThat(Files.readString(Path.of("..", "docs", "reports.md")))
        .contains(String.join("\n", ErrorRates.power()));
  }

  @Test
  void theWholeTable() throws Exception {
    List<String> lines = ErrorRates.table(Integer.getInteger("albert.simulated.studies", 1));
    Files.write(Path.of("target", "error-rates.md"), lines);
    Files.write(Path.of("target", "power.md"), ErrorRates.power());
    assertThat(lines).hasSize(14);
  }
}
