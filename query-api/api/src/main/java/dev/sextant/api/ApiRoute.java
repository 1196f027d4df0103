package dev.sextant.api;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP door of a query API.
 *
 * @param role who may call it; null for everyone (health and nothing else)
 */
public record ApiRoute(Route route, @Nullable Role role, HttpService service) {}
