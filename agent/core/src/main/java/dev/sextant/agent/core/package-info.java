/** Starts the agent inside its own class loader. */
@NullMarked
package dev.sextant.agent.core;

import org.jspecify.annotations.NullMarked;
