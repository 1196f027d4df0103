/** Requests of the JDK's {@code HttpURLConnection}. */
@NullMarked
package dev.sextant.agent.instrumentation.httpurlconnection;

import org.jspecify.annotations.NullMarked;
