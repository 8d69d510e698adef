/** OpenAPI documents of what is served, as far as kubectl reads them. */
@NullMarked
package dev.sluice.kubeapi.openapi;

import org.jspecify.annotations.NullMarked;
