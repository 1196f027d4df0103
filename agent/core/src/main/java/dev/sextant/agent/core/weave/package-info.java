/** Finds the classes to weave and weaves advice into them. */
@NullMarked
package dev.sextant.agent.core.weave;

import org.jspecify.annotations.NullMarked;
