/** Tracers of others beside Sextant's agent, all reporting to one server. */
package dev.sextant.testing.tracers;
