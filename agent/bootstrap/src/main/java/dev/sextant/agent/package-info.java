/** The agent's entry point. */
@NullMarked
package dev.sextant.agent;

import org.jspecify.annotations.NullMarked;
