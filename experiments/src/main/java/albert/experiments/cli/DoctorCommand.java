package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.doctor.Diagnosis;
import albert.experiments.doctor.Doctor;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert doctor}: what of the machine the suite uses, and what is missing. */
@Command(
    name = "doctor",
    description =
        "Shows what of the machine the suite found and uses (processor, memory, GPUs with driver,"
            + " CUDA and cuDNN, what auto takes and why, folders and their disks, versions), and"
            + " says what to do about each thing that is missing. Exit status 1 if nothing can be"
            + " computed here, on the CPU either.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert doctor", "Of the build for GPUs: ./albert --gpu doctor"})
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DataOption data;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, String> software = new LinkedHashMap<>();
    software.put("albert", Version.suite());
    software.put("commit", Version.commit());
    software.put("tensorflow", Version.tensorflow());
    Diagnosis diagnosis = Doctor.ofMachine(data.folder()).examine(software);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(diagnosis));
    } else {
      DiagnosisText.print(diagnosis, out);
    }
    out.flush();
    return diagnosis.usable() ? 0 : ErrorLines.FAILED;
  }
}
