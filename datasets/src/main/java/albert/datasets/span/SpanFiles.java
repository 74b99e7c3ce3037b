package albert.datasets.span;

import albert.evaluation.record.AtomicFiles;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes predictions as the published code does, for the official scripts to read. */
public final class SpanFiles {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  /** The answer to each question, {@code {"id": "text"}}: what the official scripts score. */
  public static final String PREDICTIONS = "predictions.json";

  /** The best answers to each question with their probabilities. */
  public static final String N_BEST = "nbest_predictions.json";

  /** How much rather each question has no answer: the script's {@code --na-prob-file}. */
  public static final String NULL_ODDS = "null_odds.json";

  private SpanFiles() {}

  /** Writes the content of an object. */
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * Writes the three files.
   *
   * @param folder made if it is not there
   * @param threshold of {@link SpanPrediction#answer}
   * @param noAnswers whether questions may have none; without it there is no file of odds
   * @throws IOException if one can't be written
   */
  public static void write(
      Path folder, List<SpanPrediction> predictions, double threshold, boolean noAnswers)
      throws IOException {
    writePredictions(
        folder.resolve(PREDICTIONS), predictions, noAnswers ? threshold : Double.POSITIVE_INFINITY);
    write(
        folder.resolve(N_BEST),
        json -> {
          for (SpanPrediction prediction : predictions) {
            json.writeArrayFieldStart(prediction.id());
            for (SpanPrediction.Candidate candidate : prediction.nBest()) {
              writeCandidate(json, candidate);
            }
            json.writeEndArray();
          }
        });
    if (noAnswers) {
      write(
          folder.resolve(NULL_ODDS),
          json -> {
            for (SpanPrediction prediction : predictions) {
              json.writeNumberField(prediction.id(), finite(prediction.noAnswerScore()));
            }
          });
    }
  }

  /**
   * Writes the answers alone.
   *
   * @param threshold of {@link SpanPrediction#answer}
   * @throws IOException if the file can't be written
   */
  public static void writePredictions(Path file, List<SpanPrediction> predictions, double threshold)
      throws IOException {
    write(
        file,
        json -> {
          for (SpanPrediction prediction : predictions) {
            json.writeStringField(prediction.id(), prediction.answer(threshold));
          }
        });
  }

  private static void writeCandidate(JsonGenerator json, SpanPrediction.Candidate candidate)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("text", candidate.text());
    json.writeNumberField("probability", candidate.probability());
    json.writeNumberField("start_logit", candidate.startScore());
    json.writeNumberField("end_logit", candidate.endScore());
    json.writeEndObject();
  }

  /** As files say it: JSON has no infinite odds, which a model whose logits overflow can give. */
  public static double finite(double odds) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, odds));
  }

  private static void write(Path file, Fields fields) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          try (JsonGenerator json =
              JSON.createGenerator(out, JsonEncoding.UTF8).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
          }
        });
  }
}
