package dev.sluice.examples.release.reconcile;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.Upstreams;
import java.time.Clock;

/**
 * The steps of a reconciliation.
 *
 * @param noCrossNamespaceRefs whether ExternalArtifacts in other namespaces are refused
 */
record ReleaseSteps(
        boolean noCrossNamespaceRefs,
        Upstreams upstreams,
        ReleaseVerifier verifier,
        StoredReleases stored,
        PublishedArtifacts published,
        ReleaseObjects objects,
        StatusReporter status) {

    static ReleaseSteps of(ReleaseReconciler.Parts parts) {
        ApiRequests requests = parts.requests();
        ArtifactStorage storage = parts.storage();
        Clock clock = parts.clock();
        EventRecorder events = parts.events();
        ReleaseObjects objects = new ReleaseObjects(requests);
        return new ReleaseSteps(
                parts.noCrossNamespaceRefs(),
                parts.upstreams(),
                parts.verifier(),
                new StoredReleases(storage, new VerifiedFiles(storage, clock)),
                new PublishedArtifacts(requests, clock),
                objects,
                new StatusReporter(objects, events, clock));
    }
}
