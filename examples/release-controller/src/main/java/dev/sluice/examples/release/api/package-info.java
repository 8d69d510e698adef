/** The custom resource: a release of an upstream project. */
@NullMarked
package dev.sluice.examples.release.api;

import org.jspecify.annotations.NullMarked;
