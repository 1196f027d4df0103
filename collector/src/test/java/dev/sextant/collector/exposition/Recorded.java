package dev.sextant.collector.exposition;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a parser hands on, as lines of text. */
final class Recorded implements ExpositionHandler {
  final List<String> lines = new ArrayList<>();

  @Override
  public void type(String family, String type) {
    lines.add("type " + family + " " + type);
  }

  @Override
  public void help(String family, String help) {
    lines.add("help " + family + " " + help);
  }

  @Override
  public void unit(String family, String unit) {
    lines.add("unit " + family + " " + unit);
  }

  @Override
  public void sample(Sample sample) {
    lines.add(
        sample.name()
            + sample.labels()
            + " "
            + sample.value()
            + (sample.timestamp().isEmpty() ? "" : " @" + sample.timestamp())
            + (sample.exemplar() == null
                ? ""
                : " # " + sample.exemplar().labels() + " " + sample.exemplar().value()));
  }
}
