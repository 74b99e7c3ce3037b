package albert.experiments.cli;

import albert.experiments.doctor.Advice;
import albert.experiments.doctor.Diagnosis;
import albert.experiments.doctor.Findings;
import albert.experiments.doctor.FolderState;
import albert.model.runtime.gpu.Gpu;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A diagnosis for people. */
final class DiagnosisText {

  private final PrintWriter out;

  private DiagnosisText(PrintWriter out) {
    this.out = out;
  }

  static void print(Diagnosis diagnosis, PrintWriter out) {
    DiagnosisText text = new DiagnosisText(out);
    text.machine(diagnosis.found());
    text.gpu(diagnosis.found().gpu());
    diagnosis.found().folders().forEach(text::folder);
    diagnosis.found().software().forEach(text::line);
    out.println();
    out.println(diagnosis.advice().isEmpty() ? "Nothing is missing." : "To do:");
    diagnosis.advice().forEach(text::advice);
  }

  private void machine(Findings found) {
    Findings.Machine machine = found.machine();
    line("system", machine.system() + ", " + machine.architecture());
    line("processor", machine.cpuModel() + ", " + machine.cores() + " cores");
    line("  instructions", String.join(", ", machine.cpuFeatures()));
    line(
        "memory",
        String.format(
            Locale.ROOT,
            "%s, %s of them available; Java's objects take %s at most",
            CleanTable.size(machine.memoryBytes()),
            CleanTable.size(machine.availableBytes()),
            CleanTable.size(machine.heapBytes())));
    Findings.Auto auto = found.auto();
    line("auto takes", String.format(Locale.ROOT, "%s, %d threads", auto.device(), auto.threads()));
    line("  precision", auto.precision() + ": " + auto.reason());
    line(
        "TensorFlow lists",
        found.tensorFlow().problem().isEmpty()
            ? found.tensorFlow().devices().stream()
                .map(
                    device ->
                        device.type().equals("CPU")
                            ? device.name()
                            : device.name() + " " + CleanTable.size(device.memoryBytes()))
                .collect(Collectors.joining(", "))
            : "nothing: " + found.tensorFlow().problem());
  }

  private void gpu(Findings.GpuState gpu) {
    line("GPU", gpu.usable().isEmpty() ? "none: " + gpu.obstacle() : "");
    for (Gpu usable : gpu.usable()) {
      line(
          "",
          String.format(
              Locale.ROOT,
              "%s, %s, compute capability %s",
              usable.name(),
              CleanTable.size(usable.memoryBytes()),
              usable.computeCapability()));
    }
    line("  driver", gpu.driver().isEmpty() ? "not loaded" : gpu.driver());
    line("  nvidia-smi", gpu.smi().problem());
    gpu.smi()
        .cards()
        .forEach(
            card ->
                line(
                    "",
                    String.format(
                        Locale.ROOT,
                        "%s, %s, %s of them used",
                        card.name(),
                        CleanTable.size(card.memoryBytes()),
                        CleanTable.size(card.usedBytes()))));
    gpu.libraries()
        .forEach(
            library ->
                line(
                    "  " + library.name(),
                    library.problem().isEmpty()
                        ? library.version() + " in " + library.file()
                        : library.problem()));
  }

  private void folder(FolderState folder) {
    String state =
        !folder.writable() ? "can't be written" : folder.exists() ? "there" : "not there yet";
    String free =
        folder.freeBytes() < 0 ? "" : ", " + CleanTable.size(folder.freeBytes()) + " free";
    line(folder.purpose(), String.format(Locale.ROOT, "%s: %s%s", folder.path(), state, free));
  }

  private void advice(Advice advice) {
    out.printf(
        Locale.ROOT,
        "- %s%s%n  %s%n",
        advice.preventsWork() ? "nothing can be computed: " : "",
        advice.problem(),
        advice.remedy());
  }

  private void line(String name, String value) {
    out.println(String.format(Locale.ROOT, "%-32s  %s", name, value).stripTrailing());
  }
}
