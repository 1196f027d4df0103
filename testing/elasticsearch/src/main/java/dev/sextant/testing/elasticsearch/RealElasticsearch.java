package dev.sextant.testing.elasticsearch;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Gives tests a real Elasticsearch server on this machine. Registered as a static field; all test
 * classes of a JVM share one server, which the first of them starts and which stops with the JVM.
 * Tests keep apart by their index prefix. Where the server cannot be had, the class is skipped and
 * the reason says why.
 */
public final class RealElasticsearch implements ExecutionCondition {
  private static final Namespace NAMESPACE = Namespace.create(RealElasticsearch.class);

  private String url = "";

  /** Where the server is, or why there is none. */
  private sealed interface Outcome {
    record Running(ServerProcess server) implements Outcome, AutoCloseable {
      @Override
      public void close() {
        server.close();
      }
    }

    record Missing(String reason) implements Outcome {}
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Outcome outcome =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .computeIfAbsent("server", key -> start(), Outcome.class);
    return switch (Objects.requireNonNull(outcome)) {
      case Outcome.Running(ServerProcess server) -> {
        url = server.url();
        yield ConditionEvaluationResult.enabled("an Elasticsearch server runs at " + url);
      }
      case Outcome.Missing(String reason) -> ConditionEvaluationResult.disabled(reason);
    };
  }

  private static Outcome start() {
    try {
      return new Outcome.Running(ServerProcess.start(Distribution.unpacked()));
    } catch (IOException e) {
      return new Outcome.Missing("no Elasticsearch server for this test: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Missing("interrupted while an Elasticsearch server started");
    }
  }

  /** {@code http://127.0.0.1:PORT}, once the test class has begun. */
  public String url() {
    return url;
  }
}
