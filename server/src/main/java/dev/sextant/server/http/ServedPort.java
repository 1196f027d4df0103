package dev.sextant.server.http;

import com.linecorp.armeria.server.HttpService;
import dev.sextant.api.http.ErrorFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a port serves, or several alike.
 *
 * @param names what each port is called and its number; 0 takes any free one
 * @param notFound answers what no route names
 * @param errors how an error is written for a path of this port
 * @param maxBody bytes of a request's body where its route sets no bound of its own; 0 for none
 */
public record ServedPort(
    Map<String, Integer> names,
    List<GuardedRoute> routes,
    HttpService notFound,
    Function<String, ErrorFormat> errors,
    long maxBody) {}
