/** Requests of the JDK's {@code java.net.http.HttpClient}. */
@NullMarked
package dev.sextant.agent.instrumentation.javahttpclient;

import org.jspecify.annotations.NullMarked;
