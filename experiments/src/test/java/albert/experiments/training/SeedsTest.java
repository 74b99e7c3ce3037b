package albert.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Child seeds. */
final class SeedsTest {

  @Test
  void everyNameAndEveryRootHasItsOwn() {
    assertThat(new Seeds(1).child(Seeds.INIT))
        .isEqualTo(new Seeds(1).child(Seeds.INIT))
        .isNotEqualTo(new Seeds(1).child(Seeds.SHUFFLE))
        .isNotEqualTo(new Seeds(2).child(Seeds.INIT));
  }

  /** The first bytes of sha256("1:init"): published results depend on it. */
  @Test
  void theyStayTheSame() {
    assertThat(Long.toHexString(new Seeds(1).child(Seeds.INIT))).isEqualTo("d9768442d07587a2");
  }
}
