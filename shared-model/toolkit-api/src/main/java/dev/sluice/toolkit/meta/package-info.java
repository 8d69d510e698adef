/** What all Flux APIs share: object keys, API types, conditions and reasons, references, durations. Follows github.com/fluxcd/pkg/apis/meta. */
@NullMarked
package dev.sluice.toolkit.meta;

import org.jspecify.annotations.NullMarked;
