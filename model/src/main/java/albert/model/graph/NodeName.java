package albert.model.graph;

/** What a variable's node is called: TensorFlow-Java takes no slashes in the names it is given. */
public final class NodeName {
  private NodeName() {}

  /** The variable's name with dots for slashes. */
  public static String of(String variable) {
    return variable.replace('/', '.');
  }
}
