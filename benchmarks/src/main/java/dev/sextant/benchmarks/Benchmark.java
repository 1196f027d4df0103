package dev.sextant.benchmarks;

import java.util.List;

/** One set of figures. */
public interface Benchmark {
  /** What it is called on the command line and in files. */
  String name();

  /** One line for the list. */
  String summary();

  /**
   * Measures.
   *
   * @throws Exception where a figure of our own cannot be taken
   */
  List<Row> run(Options options) throws Exception;

  /**
   * What was asked for.
   *
   * @param peers whether to measure other programs too, those that can be had
   * @param spans how many the benchmarks of traces send
   */
  record Options(boolean peers, long spans) {}
}
