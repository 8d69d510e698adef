package dev.sluice.reconciler.console;

import dev.sluice.controller.access.AccessReviews;
import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.access.NamespaceAccess;
import dev.sluice.reconciler.access.TargetAccess;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.namespaces.ManagedNamespaceStep;
import dev.sluice.reconciler.spec.GeneratorGraph;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.spec.SpecValidator;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks an edited generator against the cluster with the rules and messages of a reconciliation: references between
 * generators, permissions, and the owners of names. Sends access reviews and reads, and changes nothing.
 */
final class PreviewChecks {

    private final SpecValidator validator;
    private final Ownership ownership;
    private final ExternalArtifactReader artifacts;
    private final TargetAccess access;
    private final NamespaceAccess namespaceAccess;
    private final boolean managesNamespaces;

    private PreviewChecks(
            GeneratorReader generators,
            ExternalArtifactReader artifacts,
            AccessReviews reviews,
            AccessRules rules,
            boolean managesNamespaces) {
        this.validator = new SpecValidator(rules.noCrossNamespaceRefs(), new GeneratorGraph(generators, artifacts));
        this.ownership = new Ownership(generators);
        this.artifacts = artifacts;
        this.access = new TargetAccess(reviews, rules);
        this.namespaceAccess = new NamespaceAccess(reviews, rules);
        this.managesNamespaces = managesNamespaces;
    }

    /** Call after the controller was assembled, which adds the indexes. */
    static PreviewChecks over(GeneratorInformers informers, ApiRequests requests, AccessRules rules) {
        AccessReviews reviews = rules.watchedNamespace().isEmpty()
                ? AccessReviews.ofAllNamespaces(requests, Ticker.system())
                : AccessReviews.ofEachNamespace(requests, Ticker.system());
        return new PreviewChecks(
                GeneratorReader.indexed(informers.generators(), requests),
                ExternalArtifactReader.indexed(informers.externalArtifacts(), informers::isSetAside, requests),
                reviews,
                rules,
                informers.namespaces().isPresent());
    }

    /** @throws TerminalException if a run would stall before it builds */
    void validate(ArtifactGenerator edited) throws TerminalException, InterruptedIOException {
        validator.validate(edited);
        if (!managesNamespaces) {
            ManagedNamespaceStep.NONE.validate(edited);
        } else if (edited.spec().managedNamespaces() != null) {
            Optional<String> problem = namespaceAccess.missingAccount(edited);
            if (problem.isPresent()) {
                throw new TerminalException(GeneratorReasons.ACCESS_DENIED, problem.get());
            }
        }
    }

    /**
     * Why the generator may not publish some of these artifacts; those that it may publish are not in the result.
     *
     * @throws IOException if the API server does not respond
     */
    Map<ObjectKey, String> denials(ArtifactGenerator edited, List<ObjectKey> wanted) throws IOException {
        return access.expectedDenials(edited, wanted);
    }

    /**
     * Why a run would not publish an artifact that it has built; empty if it would.
     *
     * @throws IOException if the API server does not respond
     */
    Optional<String> objection(ArtifactGenerator edited, ObjectKey key) throws IOException {
        Optional<ExternalArtifact> known = artifacts.cached(key).filter(object -> Ownership.hasLabelOf(edited, object));
        Optional<ExternalArtifact> current = known.isPresent() ? known : artifacts.live(key);
        return current.isEmpty()
                ? Optional.empty()
                : ownership
                        .claim(edited, current.get())
                        .objection()
                        .map(reason ->
                                failure(edited, key, "reconcile", "ExternalArtifact %s: %s".formatted(key, reason)));
    }

    /** The message of a failed step, as in the conditions of generators. */
    static String failure(ArtifactGenerator generator, ObjectKey artifact, String step, String reason) {
        boolean isOwn = artifact.namespace().equals(generator.key().namespace());
        return "%s %s failed: %s".formatted(isOwn ? artifact.name() : artifact.toString(), step, reason);
    }

    /** Why a run would not delete the artifact; empty if it would. */
    Optional<String> deletionObjection(ArtifactGenerator edited, ObjectKey artifact) throws IOException {
        return access.deletionDenial(edited, artifact);
    }

    /** Why a run would not manage the namespace; empty if it would. */
    Optional<String> namespaceObjection(ArtifactGenerator edited, String namespace, boolean prune) throws IOException {
        return namespaceAccess.denial(edited, namespace, prune);
    }
}
