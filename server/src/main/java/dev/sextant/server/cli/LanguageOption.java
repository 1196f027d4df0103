package dev.sextant.server.cli;

import dev.sextant.promql.PromEngine;
import dev.sextant.promql.QueryLimits;
import dev.sextant.server.config.LanguageFeatures;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option by which commands without a server take PromQL beyond the stable language. */
final class LanguageOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--enable-feature",
      paramLabel = "NAMES",
      split = ",",
      description = "parts of PromQL beyond the stable language, as query.features names them")
  private List<String> features = new ArrayList<>();

  PromEngine engine() {
    try {
      return new PromEngine(QueryLimits.DEFAULT, LanguageFeatures.options(features));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--enable-feature: " + e.getMessage(), e);
    }
  }
}
