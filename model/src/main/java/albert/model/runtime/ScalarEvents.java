package albert.model.runtime;

import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/**
 * The messages of TensorBoard's event files ({@code tensorflow/core/util/event.proto}), as bytes. A
 * file is records of them in TensorFlow's record format; the first tells the version.
 */
public final class ScalarEvents {
  private static final String VERSION = "brain.Event:2";
  private static final double MILLIS = 1000;

  private ScalarEvents() {}

  /** The message that a file begins with. */
  public static byte[] version(long timeMillis) {
    return Event.newBuilder()
        .setWallTime(timeMillis / MILLIS)
        .setFileVersion(VERSION)
        .build()
        .toByteArray();
  }

  /** The scalars of one step, in the order of the map. */
  public static byte[] scalars(long step, long timeMillis, Map<String, Double> scalars) {
    Summary.Builder summary = Summary.newBuilder();
    scalars.forEach(
        (tag, value) -> summary.addValueBuilder().setTag(tag).setSimpleValue(value.floatValue()));
    return Event.newBuilder()
        .setWallTime(timeMillis / MILLIS)
        .setStep(step)
        .setSummary(summary)
        .build()
        .toByteArray();
  }
}
