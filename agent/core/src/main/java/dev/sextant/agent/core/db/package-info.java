/** Database client spans by the semantic conventions. */
@NullMarked
package dev.sextant.agent.core.db;

import org.jspecify.annotations.NullMarked;
