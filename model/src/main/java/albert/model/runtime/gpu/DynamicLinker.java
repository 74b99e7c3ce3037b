package albert.model.runtime.gpu;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/** The C library's {@code dlopen}, which takes names that the system's loader looks for too. */
final class DynamicLinker {

  /** {@code RTLD_LAZY} of {@code dlfcn.h}, as {@code System.load} has it. */
  static final int LAZY = 1;

  private DynamicLinker() {}

  /**
   * Opens a library for the rest of the process. Whoever opens one of the same name later gets this
   * one.
   *
   * @param library a file, or a name that the system's loader looks for
   * @return what was wrong, empty for nothing
   */
  static String open(String library) {
    NativeLibrary c = NativeLibrary.getProcess();
    Function open = c.getFunction("dlopen");
    Function error = c.getFunction("dlerror");
    // every look-up changes what dlerror says: a first string has JNA make its own before
    c.getFunction("gnu_get_libc_version").invokeString(new Object[0], false);
    if (open.invokePointer(new Object[] {library, LAZY}) != null) {
      return "";
    }
    String words = error.invokeString(new Object[0], false);
    return words == null ? library + " can't be opened" : words;
  }
}
