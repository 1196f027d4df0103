/** Builds the agent jar; a tool of the build, not part of the agent. */
@NullMarked
package dev.sextant.agent.dist;

import org.jspecify.annotations.NullMarked;
