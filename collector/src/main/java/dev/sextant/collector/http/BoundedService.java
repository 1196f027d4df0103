package dev.sextant.collector.http;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;

/**
 * A service whose bodies {@link BoundedBody} reads. It turns Armeria's own bound off, which would
 * answer before the service can, in no protocol's words.
 */
public interface BoundedService extends HttpService {
  ServiceOptions UNBOUNDED = ServiceOptions.builder().maxRequestLength(0).build();

  @Override
  default ServiceOptions options() {
    return UNBOUNDED;
  }
}
