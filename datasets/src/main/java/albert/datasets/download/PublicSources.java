package albert.datasets.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The public data sets that the program reads, and ALBERT's vocabulary. Sizes and hashes are those
 * that TensorFlow Datasets ({@code url_checksums/glue.txt} and {@code squad.txt}) and other
 * published readers list for the same files; SciTLDR's those of allenai/scitldr, commit 5ccad9c.
 */
public final class PublicSources {
  private static final String GLUE = "https://dl.fbaipublicfiles.com/glue/data/";
  private static final String SQUAD = "https://rajpurkar.github.io/SQuAD-explorer/dataset/";
  private static final String SCITLDR =
      "https://raw.githubusercontent.com/allenai/scitldr/master/SciTLDR-Data/SciTLDR-A/";
  private static final String ALBERT_BASE = "https://huggingface.co/albert/albert-base-v2/";
  private static final String[] THREE = {"train.tsv", "dev.tsv", "test.tsv"};
  private static final String[] MNLI = {
    "train.tsv", "dev_matched.tsv", "dev_mismatched.tsv", "test_matched.tsv", "test_mismatched.tsv"
  };

  private static final List<PublicSource> ALL =
      List.of(
          glue(
              "cola",
              "CoLA",
              "CoLA.zip",
              "research use",
              376_971,
              "f212fcd832b8f7b435fb991f101abf89f96b933ab400603bf198960dfc32cbff",
              THREE),
          glue(
              "sst-2",
              "SST-2",
              "SST-2.zip",
              "not stated",
              7_439_277,
              "d67e16fb55739c1b32cdce9877596db1c127dc322d93c082281f64057c16deaa",
              THREE),
          byHand(
              "mrpc",
              "MRPC",
              "Microsoft Research licence, not to be redistributed",
              "get MSRParaphraseCorpus.msi from Microsoft's download centre, take"
                  + " msr_paraphrase_train.txt and msr_paraphrase_test.txt out of it, split the"
                  + " first by GLUE's list "
                  + GLUE
                  + "mrpc_dev_ids.tsv, and put train.tsv, dev.tsv"
                  + " and test.tsv into glue/MRPC"),
          glue(
              "sts-b",
              "STS-B",
              "STS-B.zip",
              "CC BY-SA 4.0 (scores)",
              802_872,
              "e60a6393de5a8b5b9bac5020a1554b54e3691f9d600b775bd131e613ac179c85",
              THREE),
          glue(
              "qqp",
              "QQP",
              "QQP-clean.zip",
              "Quora's terms",
              -1,
              "40e7c862c04eb26ee04b67fd900e76c45c6ba8e6d8fab4f8f1f8072a1a3fbae0",
              THREE),
          glue(
              "mnli",
              "MNLI",
              "MNLI.zip",
              "OANC and others",
              312_783_507,
              "e7c1d896d26ed6caf700110645df426cc2d8ebf02a5ab743d5a5c68ac1c83633",
              MNLI),
          glue(
              "qnli",
              "QNLI",
              "QNLIv2.zip",
              "CC BY-SA 4.0",
              10_627_589,
              "e634e78627a29adaecd4f955359b22bf5e70f2cbd93b493f2d624138a0c0e5f5",
              THREE),
          glue(
              "rte",
              "RTE",
              "RTE.zip",
              "not stated",
              697_150,
              "6bf86de103ecd335f3441bd43574d23fef87ecc695977a63b82d5efb206556ee",
              THREE),
          glue(
              "wnli",
              "WNLI",
              "WNLI.zip",
              "not stated",
              28_999,
              "ae0e8e4d16f4d46d4a0a566ec7ecceccfd3fbfaa4a7a4b4e02848c0f2561ac46",
              THREE),
          glue(
              "ax",
              "AX",
              "AX.tsv",
              "not stated",
              222_257,
              "0e13510b1bb14436ff7e2ee82338f0efb0133ecf2e73507a697dc210db3f05fd"),
          new PublicSource(
              "squad-v1.1",
              "SQuAD v1.1",
              "CC BY-SA 4.0",
              List.of(
                  squad(
                      "train-v1.1.json",
                      30_288_272,
                      "3527663986b8295af4f7fcdff1ba1ff3f72d07d61a20f487cb238a6ef92fd955"),
                  squad(
                      "dev-v1.1.json",
                      4_854_279,
                      "95aa6a52d5d6a735563366753ca50492a658031da74f301ac5238b03966972c9")),
              ""),
          new PublicSource(
              "squad-v2.0",
              "SQuAD v2.0",
              "CC BY-SA 4.0",
              List.of(
                  squad(
                      "train-v2.0.json",
                      -1,
                      "68dcfbb971bd3e96d5b46c7177b16c1a4e7d4bdef19fb204502738552dede002"),
                  squad("dev-v2.0.json", -1, "")),
              ""),
          byHand(
              "race",
              "RACE",
              "non-commercial research, on request",
              "ask its authors at https://www.cs.cmu.edu/~glai1/data/race/ and unpack what they"
                  + " send into multiple-choice/race"),
          new PublicSource(
              "scitldr",
              "SciTLDR-A",
              "Apache-2.0",
              List.of(
                  sciTldr(
                      "train.jsonl",
                      3_155_015,
                      "b222771d387be585cfdf5ae957b36757138415a352e0a3e3b23f73f87c3b1119"),
                  sciTldr(
                      "dev.jsonl",
                      1_124_865,
                      "3191fa98ccc09521332b7a1cd63b1930be4e8df125a235ccd31e40329709525e"),
                  sciTldr(
                      "test.jsonl",
                      1_204_107,
                      "fb42dd6cd4f4a1928ae8a01a189456fbfe994a07e938bd49f68653933f6503c9")),
              ""),
          byHand(
              "cnn-dailymail",
              "CNN/DailyMail",
              "not stated; the texts are CNN's and the Daily Mail's",
              "get the stories of both at https://cs.nyu.edu/~kcho/DMQA/ and unpack them into"
                  + " summarization/cnn-dailymail/cnn/stories and .../dailymail/stories; put"
                  + " all_train.txt, all_val.txt and all_test.txt of"
                  + " https://github.com/abisee/cnn-dailymail beside these folders"),
          new PublicSource(
              "albert-vocab",
              "ALBERT's vocabulary",
              "Apache-2.0",
              List.of(
                  new RemoteFile(
                          URI.create(ALBERT_BASE + "resolve/main/spiece.model"),
                          760_289,
                          "fefb02b667a6c5c2fe27602d28e5fb3428f66ab89c7d6f388e7c8d44a02d0336",
                          "vocab/albert",
                          List.of())
                      .savedAs("30k-clean.model")),
              ""));

  private PublicSources() {}

  /** All of them, in the order of listings. */
  public static List<PublicSource> all() {
    return ALL;
  }

  /** The source of a task's data, or nothing. */
  public static Optional<PublicSource> byTask(String id) {
    return ALL.stream().filter(source -> source.task().equals(id)).findFirst();
  }

  /**
   * What a person does who lacks a set: the command that gets it, or the way by hand.
   *
   * @param id of a task
   * @param data the folder of the data sets
   */
  public static String howToGet(String id, Path data) {
    return byTask(id)
        .map(
            source ->
                source.files().isEmpty()
                    ? "by hand: " + source.advice()
                    : String.format(
                        Locale.ROOT, "`./albert data get %s --to %s` gets it", id, data))
        .orElse("no command gets it");
  }

  private static PublicSource glue(
      String task,
      String title,
      String file,
      String licence,
      long bytes,
      String sha256,
      String... members) {
    List<String> inside = Stream.of(members).map(member -> title + "/" + member).toList();
    URI uri = URI.create(GLUE + file);
    return new PublicSource(
        task,
        title,
        licence,
        List.of(new RemoteFile(uri, bytes, sha256, "glue/" + title, inside)),
        "");
  }

  private static RemoteFile squad(String name, long bytes, String sha256) {
    String known = sha256.isEmpty() ? null : sha256;
    return new RemoteFile(URI.create(SQUAD + name), bytes, known, "squad", List.of());
  }

  private static RemoteFile sciTldr(String name, long bytes, String sha256) {
    return new RemoteFile(
        URI.create(SCITLDR + name), bytes, sha256, "summarization/scitldr-A", List.of());
  }

  private static PublicSource byHand(String task, String title, String licence, String advice) {
    return new PublicSource(task, title, licence, List.of(), advice);
  }
}
