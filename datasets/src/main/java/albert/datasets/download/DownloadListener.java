package albert.datasets.download;

/** Hears how a download goes. */
@FunctionalInterface
public interface DownloadListener {

  /**
   * More of a file is here.
   *
   * @param file its name
   * @param bytes that are here
   * @param total that there will be, or -1 if that is not known
   */
  void received(String file, long bytes, long total);
}
