/** Requests of Apache HttpClient 5, classic API. */
@NullMarked
package dev.sextant.agent.instrumentation.apachehttpclient5;

import org.jspecify.annotations.NullMarked;
