/**
 * Publishing of ExternalArtifacts, for any controller that builds artifacts. Start with {@link
 * dev.sluice.controller.publish.ExternalArtifactPublisher}.
 */
@NullMarked
package dev.sluice.controller.publish;

import org.jspecify.annotations.NullMarked;
