package albert.experiments.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.runtime.TensorFlowDevice;
import albert.model.runtime.gpu.Gpu;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is advised for machines that are made up. */
final class RemediesTest {

  private static final Findings.Machine LINUX =
      new Findings.Machine("Linux 6.1", "amd64", "A CPU", List.of("avx2"), 2, 8, 4, 2);
  private static final NvidiaSmi NO_SMI = new NvidiaSmi(List.of(), "there is no nvidia-smi");
  private static final Findings.GpuState CPU_BUILD =
      new Findings.GpuState(false, "", NO_SMI, List.of(), "a build for CPUs", List.of());
  private static final Gpu CARD = new Gpu("NVIDIA H200", 150_000_000_000L, "9.0");
  private static final Findings.Library CUDART =
      new Findings.Library("libcudart.so.12", "12.6.77", "/usr/lib/libcudart.so.12.6.77", "");
  private static final Findings.Library NO_CUDNN =
      new Findings.Library("libcudnn.so.9", "", "", "libcudnn.so.9: no such file");
  private static final TensorFlowDevice CPU = new TensorFlowDevice("CPU:0", "CPU", 1);

  private static Diagnosis diagnosis(
      Findings.Machine machine,
      Findings.TensorFlow tensorFlow,
      Findings.GpuState gpu,
      FolderState... folders) {
    return Diagnosis.of(
        new Findings(
            machine,
            new Findings.Auto("cpu", "float32", "why", 2),
            tensorFlow,
            gpu,
            List.of(folders),
            Map.of()));
  }

  private static Diagnosis withGpu(Findings.GpuState gpu) {
    return diagnosis(LINUX, new Findings.TensorFlow(List.of(CPU), ""), gpu);
  }

  private static Diagnosis withFolder(FolderState folder) {
    return diagnosis(LINUX, new Findings.TensorFlow(List.of(CPU), ""), CPU_BUILD, folder);
  }

  private static Findings.GpuState gpuBuild(
      String driver, List<Gpu> usable, String obstacle, Findings.Library... libraries) {
    return new Findings.GpuState(true, driver, NO_SMI, usable, obstacle, List.of(libraries));
  }

  @Test
  void aMachineWithoutAGpuLacksNothing() {
    Diagnosis well = withGpu(CPU_BUILD);
    assertThat(well.usable()).isTrue();
    assertThat(well.advice()).isEmpty();
  }

  @Test
  void withoutTensorFlowNothingWorks() {
    Diagnosis broken =
        diagnosis(
            LINUX, new Findings.TensorFlow(List.of(), "UnsatisfiedLinkError: no file"), CPU_BUILD);
    assertThat(broken.usable()).isFalse();
    assertThat(broken.advice()).singleElement().extracting(Advice::preventsWork).isEqualTo(true);
    assertThat(broken.advice().get(0).problem())
        .isEqualTo("TensorFlow does not work: UnsatisfiedLinkError: no file");
    Findings.Machine arm =
        new Findings.Machine("Linux 6.1", "aarch64", "A CPU", List.of(), 2, 8, 4, 2);
    assertThat(diagnosis(arm, new Findings.TensorFlow(List.of(CPU), ""), CPU_BUILD).advice())
        .singleElement()
        .extracting(Advice::problem)
        .isEqualTo("this is Linux 6.1 on aarch64");
  }

  @Test
  void aGpuThatTheBuildDoesNotUseIsNoted() {
    Diagnosis idle =
        withGpu(
            new Findings.GpuState(
                false, "550.54.14", NO_SMI, List.of(), "a build for CPUs", List.of()));
    assertThat(idle.usable()).isTrue();
    assertThat(idle.advice())
        .singleElement()
        .extracting(Advice::remedy)
        .asString()
        .startsWith("./albert --gpu COMMAND");
  }

  @Test
  void whatAGpuLacksIsSaidOneByOne() {
    assertThat(withGpu(gpuBuild("", List.of(), "there is no NVIDIA driver: x", CUDART)).advice())
        .singleElement()
        .extracting(Advice::problem)
        .isEqualTo("there is no NVIDIA driver: x");
    assertThat(
            withGpu(gpuBuild("", List.of(), "there is no NVIDIA driver: x", CUDART, NO_CUDNN))
                .advice())
        .extracting(Advice::problem)
        .containsExactly(
            "libcudnn.so.9 can't be loaded: libcudnn.so.9: no such file",
            "there is no NVIDIA driver: x");
    Findings.Library noCufft = new Findings.Library("libcufft.so.11", "", "", "not found");
    assertThat(withGpu(gpuBuild("", List.of(), "no driver", noCufft, NO_CUDNN)).advice())
        .extracting(Advice::problem)
        .containsExactly("libcufft.so.11, libcudnn.so.9 can't be loaded: not found", "no driver");
    assertThat(
            withGpu(gpuBuild("550.54.14", List.of(), "libcudnn.so.9 can't be loaded: x", NO_CUDNN))
                .advice())
        .as("the obstacle is the library")
        .hasSize(1);
    assertThat(withGpu(gpuBuild("470.256.02", List.of(), "error 803", CUDART)).advice())
        .singleElement()
        .extracting(Advice::problem)
        .isEqualTo("the NVIDIA driver is version 470.256.02, CUDA 12 needs 525.60.13 or newer");
    assertThat(withGpu(gpuBuild("550.54.14", List.of(CARD), "", CUDART)).advice())
        .singleElement()
        .extracting(Advice::problem)
        .isEqualTo("there is a GPU, but TensorFlow lists none");
    assertThat(
            diagnosis(
                    LINUX,
                    new Findings.TensorFlow(
                        List.of(CPU, new TensorFlowDevice("GPU:0", "GPU", 140_000_000_000L)), ""),
                    gpuBuild("550.54.14", List.of(CARD), "", CUDART))
                .advice())
        .isEmpty();
  }

  @Test
  void foldersAreWatched() {
    long plenty = 100_000_000_000L;
    assertThat(withFolder(new FolderState("cache", "/c", "CACHE=DIR", true, true, plenty)).advice())
        .isEmpty();
    assertThat(
            withFolder(new FolderState("cache", "/c", "CACHE=DIR", true, false, plenty)).advice())
        .containsExactly(
            Advice.useful(
                "the cache /c can't be written",
                "make it writable for this user, or take another: CACHE=DIR"));
    assertThat(withFolder(new FolderState("cache", "/c", "", false, true, 1_200_000_000L)).advice())
        .singleElement()
        .extracting(Advice::problem)
        .isEqualTo("the disk of the cache /c has 1.2 GB free");
    assertThat(withFolder(new FolderState(Doctor.DATA, "/d", "", true, false, 1)).advice())
        .isEmpty();
    assertThat(
            withFolder(new FolderState(Doctor.DATA, "/d", "ALBERT_DATA=DIR", false, true, 1))
                .advice())
        .singleElement()
        .extracting(Advice::remedy)
        .asString()
        .endsWith("another folder: ALBERT_DATA=DIR");
  }
}
