/** The OpenTelemetry SDK of the agent and the way its data leaves the process. */
@NullMarked
package dev.sextant.agent.core.telemetry;

import org.jspecify.annotations.NullMarked;
