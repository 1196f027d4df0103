package dev.sextant.metrics.embedded;

import java.util.BitSet;
import java.util.function.Predicate;

/** Which series of a head or a block carry which labels; series are numbers from 0. */
interface PostingsIndex {
  /** Sets every series. */
  void addAll(BitSet into);

  /** Sets the series with exactly this label. */
  void addEqual(String name, String value, BitSet into);

  /**
   * Sets the series whose value of a label begins with {@code prefix} and passes the test.
   *
   * @param name where no series has it, nothing is set
   */
  void addMatching(String name, String prefix, Predicate<String> test, BitSet into);
}
