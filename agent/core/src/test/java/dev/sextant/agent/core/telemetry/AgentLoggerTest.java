package dev.sextant.agent.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class AgentLoggerTest {
  @Test
  void warnings_areSaid() {
    AgentLogger exporter = AgentLogger.getLogger("io.opentelemetry.exporter.HttpExporter");
    assertThat(exporter.isLoggable(Level.WARNING)).isTrue();
    assertThat(exporter.isLoggable(Level.INFO)).isFalse();
  }

  @Test
  void warningsAboutHeaders_areNot() {
    AgentLogger parser = AgentLogger.getLogger("io.opentelemetry.api.baggage.propagation.Parser");
    assertThat(parser.isLoggable(Level.WARNING)).isFalse();
  }
}
