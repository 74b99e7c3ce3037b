package albert.experiments.run;

import albert.datasets.baseline.OverlappingSentence;
import albert.datasets.batch.FeatureCache;
import albert.datasets.squad.SpanAnswer;
import albert.datasets.squad.SpanData;
import albert.datasets.squad.SpanEncoder;
import albert.datasets.squad.SpanExample;
import albert.datasets.squad.SpanTraining;
import albert.datasets.task.SplitName;
import albert.datasets.text.Tokenizer;
import albert.evaluation.metric.SquadQuestion;
import albert.evaluation.metric.SquadScores;
import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.SpanConfig;
import albert.experiments.stage.StopSignal;
import albert.reports.summary.StudyDescription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Questions, to be answered by spans.
 *
 * @param data with a train and a dev part
 */
record SpanSource(SpanData data) implements TaskSource {

  private static final List<String> FIGURES = List.of("f1", "exact_match", "exact");

  @Override
  public DataFingerprint fingerprint(RunConfig config) {
    return used(config).fingerprint();
  }

  private SpanData used(RunConfig config) {
    int most = config.training().maxTrainExamples();
    return most == 0 ? data : data.withFirstTrain(most);
  }

  @Override
  public EncodedTask encode(RunConfig config, Tokenizer tokenizer, EncodedTask.Ids ids) {
    SpanData used = used(config);
    SpanConfig spans = Objects.requireNonNull(config.spans());
    SpanEncoder encoder =
        new SpanEncoder(
            tokenizer, config.training().maxSeqLength(), spans.docStride(), spans.maxQueryLength());
    return new SpanTask(
        used,
        SpanTraining.of(used.examples(SplitName.TRAIN), encoder, FeatureCache.of(System.getenv())),
        encoder.encode(used.examples(SplitName.DEV)),
        ids);
  }

  /** The sentence with the most of the question's words. */
  @Override
  public List<StudyDescription.Reference> references() {
    List<SpanExample> dev = data.examples(SplitName.DEV);
    List<SquadQuestion> questions = new ArrayList<>();
    Map<String, String> answers = new HashMap<>();
    for (SpanExample example : dev) {
      questions.add(
          new SquadQuestion(
              example.id(), example.answers().stream().map(SpanAnswer::text).toList()));
      answers.put(example.id(), OverlappingSentence.answer(example));
    }
    Map<String, Double> figures =
        data.task().hasUnanswerable()
            ? SquadScores.v2(questions, answers)
            : SquadScores.v1(questions, answers);
    List<Score> scores = new ArrayList<>();
    for (String name : FIGURES) {
      Double value = figures.get(name);
      if (value != null) {
        scores.add(
            Score.of(
                data.task().id(),
                name,
                EncodedTask.DEV,
                value,
                dev.size(),
                StudyDescriptions.PROTOCOL));
      }
    }
    return List.of(new StudyDescription.Reference("best-overlapping sentence", scores));
  }

  /** There are none: SQuAD's test sets are not public. */
  @Override
  public FineTuning.Afterwards otherParts(
      Path folder,
      RunConfig config,
      EncodedTask task,
      Tokenizer tokenizer,
      RunDirectory directory,
      StopSignal stop) {
    return FineTuning.Afterwards.NOTHING;
  }
}
