package dev.sextant.testing.skywalking.plugin;

import java.net.URI;
import org.apache.skywalking.apm.agent.core.context.CarrierItem;
import org.apache.skywalking.apm.agent.core.context.ContextCarrier;
import org.apache.skywalking.apm.agent.core.context.ContextManager;
import org.apache.skywalking.apm.agent.core.context.tag.Tags;
import org.apache.skywalking.apm.agent.core.context.trace.AbstractSpan;
import org.apache.skywalking.apm.agent.core.context.trace.SpanLayer;
import org.apache.skywalking.apm.network.trace.component.ComponentsDefine;

/** An exit span, which the callee goes on with. */
public final class HttpClientSpan extends SpanAround {
  @Override
  void begin(Object target, Object[] arguments) throws ReflectiveOperationException {
    Object request = arguments[1];
    URI uri = (URI) call(request, "getUri");
    ContextCarrier carrier = new ContextCarrier();
    AbstractSpan span =
        ContextManager.createExitSpan(uri.getPath(), carrier, uri.getHost() + ":" + uri.getPort());
    span.setComponent(ComponentsDefine.HTTPCLIENT);
    Tags.URL.set(span, uri.toString());
    Tags.HTTP.METHOD.set(span, (String) call(request, "getMethod"));
    SpanLayer.asHttp(span);
    for (CarrierItem item = carrier.items(); item.hasNext(); ) {
      item = item.next();
      call(request, "setHeader", item.getHeadKey(), item.getHeadValue());
    }
  }

  @Override
  void end(Object[] arguments, Object result) throws ReflectiveOperationException {
    if (result != null) {
      Tags.HTTP_RESPONSE_STATUS_CODE.set(
          ContextManager.activeSpan(), (Integer) call(result, "getCode"));
    }
  }
}
