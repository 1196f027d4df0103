package dev.sextant.testing.skywalking.plugin;

import org.apache.skywalking.apm.agent.core.context.CarrierItem;
import org.apache.skywalking.apm.agent.core.context.ContextCarrier;
import org.apache.skywalking.apm.agent.core.context.ContextManager;
import org.apache.skywalking.apm.agent.core.context.tag.Tags;
import org.apache.skywalking.apm.agent.core.context.trace.AbstractSpan;
import org.apache.skywalking.apm.agent.core.context.trace.SpanLayer;
import org.apache.skywalking.apm.network.trace.component.ComponentsDefine;

/** An entry span, which goes on with what the caller's headers say. */
public final class ServletSpan extends SpanAround {
  @Override
  void begin(Object target, Object[] arguments) throws ReflectiveOperationException {
    Object request = arguments[0];
    ContextCarrier carrier = new ContextCarrier();
    for (CarrierItem item = carrier.items(); item.hasNext(); ) {
      item = item.next();
      item.setHeadValue((String) call(request, "getHeader", item.getHeadKey()));
    }
    Object method = call(request, "getMethod");
    AbstractSpan span =
        ContextManager.createEntrySpan(method + ":" + call(request, "getRequestURI"), carrier);
    Tags.URL.set(span, call(request, "getRequestURL").toString());
    Tags.HTTP.METHOD.set(span, method.toString());
    span.setComponent(ComponentsDefine.SPRING_MVC_ANNOTATION);
    SpanLayer.asHttp(span);
  }

  @Override
  void end(Object[] arguments, Object result) throws ReflectiveOperationException {
    AbstractSpan span = ContextManager.activeSpan();
    Integer status = (Integer) call(arguments[1], "getStatus");
    Tags.HTTP_RESPONSE_STATUS_CODE.set(span, status);
    if (status >= 500) {
      span.errorOccurred();
    }
  }
}
