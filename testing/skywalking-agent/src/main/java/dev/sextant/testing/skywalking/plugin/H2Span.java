package dev.sextant.testing.skywalking.plugin;

import org.apache.skywalking.apm.agent.core.context.ContextManager;
import org.apache.skywalking.apm.agent.core.context.tag.Tags;
import org.apache.skywalking.apm.agent.core.context.trace.AbstractSpan;
import org.apache.skywalking.apm.agent.core.context.trace.SpanLayer;
import org.apache.skywalking.apm.network.trace.component.ComponentsDefine;

/** An exit span for a query. */
public final class H2Span extends SpanAround {
  @Override
  void begin(Object target, Object[] arguments) {
    AbstractSpan span =
        ContextManager.createExitSpan("H2/JDBC/PreparedStatement/executeQuery", "localhost:-1");
    span.setComponent(ComponentsDefine.H2_JDBC_DRIVER);
    Tags.DB_TYPE.set(span, "H2");
    Tags.DB_INSTANCE.set(span, "shop");
    Tags.DB_STATEMENT.set(span, target.toString());
    SpanLayer.asDB(span);
  }

  @Override
  void end(Object[] arguments, Object result) {}
}
