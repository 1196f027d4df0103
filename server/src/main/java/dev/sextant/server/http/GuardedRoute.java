package dev.sextant.server.http;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A route as a port serves it.
 *
 * @param role who may call it; null for everyone
 */
public record GuardedRoute(Route route, @Nullable Role role, HttpService service) {}
