/** The parts of OpenAPI documents that kubectl reads. */
@NullMarked
package dev.sluice.kubeapi.openapi;

import org.jspecify.annotations.NullMarked;
