package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCommandTest {

  @TempDir Path folder;

  @Test
  void listNamesSourcesLicencesAndHashes() throws IOException {
    Cli list = Cli.run("data", "list");
    assertThat(list.status()).isZero();
    assertThat(list.err()).isEmpty();
    assertThat(list.out())
        .contains("cola: CoLA; licence: research use")
        .contains("(376,971 bytes, SHA-256 f212fcd8")
        .contains("size not known, SHA-256 that of the first download")
        .contains("by hand: get MSRParaphraseCorpus.msi")
        .contains("albert-vocab: ALBERT's vocabulary; licence: Apache-2.0")
        .contains("(760,289 bytes, SHA-256 fefb02b6");
    JsonNode json = new ObjectMapper().readTree(Cli.run("data", "list", "--json").out());
    assertThat(json.isArray()).isTrue();
    assertThat(json.get(0).path("task").asText()).isEqualTo("cola");
    assertThat(json.get(0).path("files").get(0).path("bytes").asLong()).isEqualTo(376_971);
  }

  @Test
  void getSaysWhatItCannotGet() {
    Cli mrpc = Cli.run("data", "get", "mrpc", "--to", folder.toString());
    assertThat(mrpc.status()).isEqualTo(2);
    assertThat(mrpc.err()).contains("MRPC can't be downloaded").contains("into glue/MRPC");
    Cli unknown = Cli.run("data", "get", "colaa", "--to", folder.toString());
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .contains(
            "no public data set is called 'colaa' (did you mean 'cola'?), allowed are cola, sst-2");
    Cli nowhere = Cli.run("data", "get", "cola");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--to");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsThereIsNotDownloadedAgain() throws IOException {
    Path set = Files.createDirectories(folder.resolve("glue/CoLA"));
    for (String name : new String[] {"train.tsv", "dev.tsv", "test.tsv"}) {
      Files.writeString(set.resolve(name), "");
    }
    Cli get = Cli.run("data", "get", "cola", "--to", folder.toString());
    assertThat(get.status()).isZero();
    assertThat(get.out()).contains("CoLA is in " + set + " (it was there)");
  }
}
