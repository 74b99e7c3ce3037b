package albert.experiments.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What to do about what was found. */
final class Remedies {

  /** Below this a run's files or a build may not fit. */
  private static final long LITTLE_DISK = 5_000_000_000L;

  private static final double GB = 1e9;

  private final Findings found;
  private final List<Advice> advice = new ArrayList<>();

  private Remedies(Findings found) {
    this.found = found;
  }

  /** What prevents work comes first. */
  static List<Advice> of(Findings found) {
    Remedies remedies = new Remedies(found);
    remedies.system();
    remedies.gpu();
    remedies.folders();
    return List.copyOf(remedies.advice);
  }

  private void system() {
    Findings.Machine machine = found.machine();
    if (!machine.system().startsWith("Linux") || !machine.architecture().equals("amd64")) {
      advice.add(
          Advice.needed(
              String.format(
                  Locale.ROOT, "this is %s on %s", machine.system(), machine.architecture()),
              "the suite has TensorFlow's library for Linux on x86_64 only: use such a machine"));
    }
    String problem = found.tensorFlow().problem();
    if (!problem.isEmpty()) {
      advice.add(
          Advice.needed(
              "TensorFlow does not work: " + problem,
              "see to it that the cache of its library can be written and has 1 GB free, and remove that"
                  + " cache, which is made again"));
    }
  }

  private void gpu() {
    Findings.GpuState gpu = found.gpu();
    if (!gpu.build()) {
      if (!gpu.driver().isEmpty() || !gpu.smi().cards().isEmpty()) {
        advice.add(
            Advice.useful(
                "there is an NVIDIA driver, and this is the build for CPUs",
                "./albert --gpu COMMAND, or ALBERT_GPU=1, takes the build for GPUs"));
      }
      return;
    }
    libraries(gpu.libraries().stream().filter(one -> !one.problem().isEmpty()).toList());
    driver(gpu);
    if (!gpu.usable().isEmpty()
        && found.tensorFlow().devices().stream().noneMatch(d -> d.type().equals("GPU"))) {
      advice.add(
          Advice.useful(
              "there is a GPU, but TensorFlow lists none",
              "TF_CPP_MIN_LOG_LEVEL=0 ./albert --gpu doctor shows what TensorFlow says of it"));
    }
  }

  private void libraries(List<Findings.Library> missing) {
    if (!missing.isEmpty()) {
      advice.add(
          Advice.useful(
              String.format(
                  Locale.ROOT,
                  "%s can't be loaded: %s",
                  missing.stream().map(Findings.Library::name).collect(Collectors.joining(", ")),
                  missing.get(0).problem()),
              "ALBERT_GPU=1 takes CUDA and cuDNN by Maven; for ALBERT_GPU=system install CUDA 12"
                  + " and cuDNN 9 and name their folders by CUDA_HOME or LD_LIBRARY_PATH"));
    }
  }

  private void driver(Findings.GpuState gpu) {
    if (!gpu.driver().isEmpty() && !DriverVersion.suffices(gpu.driver())) {
      advice.add(
          Advice.useful(
              String.format(
                  Locale.ROOT,
                  "the NVIDIA driver is version %s, CUDA 12 needs %s or newer",
                  gpu.driver(),
                  DriverVersion.LEAST),
              "install a newer driver"));
    } else if (gpu.usable().isEmpty()
        && gpu.libraries().stream().noneMatch(one -> gpu.obstacle().startsWith(one.name()))) {
      advice.add(
          Advice.useful(
              gpu.obstacle(),
              String.format(
                  Locale.ROOT,
                  "install NVIDIA's driver, %s or newer, hand the GPU to the container (docker run"
                      + " --gpus all), unset CUDA_VISIBLE_DEVICES; or leave --gpu out",
                  DriverVersion.LEAST)));
    }
  }

  private void folders() {
    for (FolderState folder : found.folders()) {
      if (folder.purpose().equals(Doctor.DATA)) {
        data(folder);
      } else if (!folder.writable()) {
        advice.add(
            Advice.useful(
                String.format(
                    Locale.ROOT, "the %s %s can't be written", folder.purpose(), folder.path()),
                "make it writable for this user, or take another: " + folder.elsewhere()));
      }
    }
    found.folders().stream()
        .filter(folder -> !folder.purpose().equals(Doctor.DATA))
        .filter(folder -> folder.freeBytes() >= 0 && folder.freeBytes() < LITTLE_DISK)
        .min(Comparator.comparingLong(FolderState::freeBytes))
        .ifPresent(this::disk);
  }

  private void disk(FolderState folder) {
    advice.add(
        Advice.useful(
            String.format(
                Locale.ROOT,
                "the disk of the %s %s has %.1f GB free",
                folder.purpose(),
                folder.path(),
                folder.freeBytes() / GB),
            "./albert clean lists what can go, with --caches of the caches too"));
  }

  private void data(FolderState folder) {
    if (!folder.exists()) {
      advice.add(
          Advice.useful(
              String.format(Locale.ROOT, "the folder of data sets %s is not there", folder.path()),
              "./albert data list says which there are, ./albert data get TASK --to DIR downloads"
                  + " one; another folder: "
                  + folder.elsewhere()));
    }
  }
}
