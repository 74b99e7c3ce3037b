package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Groups of variants that can't be told apart, as a compact letter display (Piepho, J. Comput.
 * Graph. Stat. 13, 2004, insert and absorb): two variants share a group if and only if they are not
 * distinguishable. A variant can be in several groups: with means 1, 2, 3 of which only the ends
 * differ, the groups are {3, 2} and {2, 1}.
 *
 * @param groups indices of the variants, groups in the order of their best, then their worst, then
 *     all their members
 */
public record TieGroups(List<SortedSet<Integer>> groups) {
  public TieGroups {
    groups = List.copyOf(groups);
  }

  /**
   * Groups variants.
   *
   * @param n number of variants, best first
   * @param distinguishable whether two of them, the better one first, are told apart
   */
  public static TieGroups of(int n, BiPredicate<Integer, Integer> distinguishable) {
    List<SortedSet<Integer>> groups = new ArrayList<>();
    SortedSet<Integer> all = new TreeSet<>();
    for (int i = 0; i < n; i++) {
      all.add(i);
    }
    groups.add(all);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        if (distinguishable.test(i, j)) {
          split(groups, i, j);
        }
      }
    }
    groups.removeIf(group -> group.isEmpty());
    groups.sort(
        (a, b) ->
            a.first().equals(b.first())
                ? a.last().equals(b.last())
                    ? Arrays.compare(members(a), members(b))
                    : a.last() - b.last()
                : a.first() - b.first());
    return new TieGroups(groups);
  }

  private static int[] members(SortedSet<Integer> group) {
    return group.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Puts i and j into different groups wherever they share one. */
  private static void split(List<SortedSet<Integer>> groups, int i, int j) {
    List<SortedSet<Integer>> parts = new ArrayList<>();
    groups.removeIf(
        group -> {
          if (!group.contains(i) || !group.contains(j)) {
            return false;
          }
          for (int without : new int[] {i, j}) {
            SortedSet<Integer> part = new TreeSet<>(group);
            part.remove(without);
            parts.add(part);
          }
          return true;
        });
    for (SortedSet<Integer> part : parts) {
      if (groups.stream().noneMatch(group -> group.containsAll(part))) {
        groups.removeIf(group -> part.containsAll(group));
        groups.add(part);
      }
    }
  }

  /** The letters of a variant: {@code a} for the first group, {@code ab} for two. */
  public String letters(int variant) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).contains(variant)) {
        letters.append(letter(i));
      }
    }
    return letters.toString();
  }

  /** Whether it is alone ahead: told apart from every other. */
  public boolean isSoleWinner(int variant) {
    return !groups.isEmpty()
        && groups.get(0).size() == 1
        && groups.get(0).first() == variant
        && groups.stream().skip(1).noneMatch(group -> group.contains(variant));
  }

  private static String letter(int group) {
    return (char) ('a' + group % 26) + (group >= 26 ? Integer.toString(group / 26) : "");
  }
}
