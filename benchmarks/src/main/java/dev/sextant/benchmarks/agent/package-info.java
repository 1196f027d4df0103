/** What the agent costs the requests of the service it is attached to. */
@NullMarked
package dev.sextant.benchmarks.agent;

import org.jspecify.annotations.NullMarked;
