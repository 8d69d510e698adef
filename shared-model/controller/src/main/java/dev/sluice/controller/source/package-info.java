/**
 * A whole source controller from a type and a function: start with {@link
 * dev.sluice.controller.source.ExternalArtifactController}. It connects the parts of the other packages, which can also be
 * used without it.
 */
@NullMarked
package dev.sluice.controller.source;

import org.jspecify.annotations.NullMarked;
