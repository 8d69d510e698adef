package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.reconciler.access.NamespaceAccess;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.meta.Conditions;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reconciles the namespaces that generators manage. */
public final class NamespaceReconciler implements ManagedNamespaceStep {

    private final NamespaceTools tools;
    private final NamespaceAccess access;
    private final ProtectedNamespaces protectedNamespaces;

    NamespaceReconciler(NamespaceTools tools, NamespaceAccess access, ProtectedNamespaces protectedNamespaces) {
        this.tools = tools;
        this.access = access;
        this.protectedNamespaces = protectedNamespaces;
    }

    @Override
    public void validate(ArtifactGenerator generator) throws TerminalException {
        if (NamespaceRules.compile(generator).isPresent()) {
            Optional<String> problem = access.missingAccount(generator);
            if (problem.isPresent()) {
                throw new TerminalException(GeneratorReasons.ACCESS_DENIED, problem.get());
            }
        }
    }

    @Override
    public NamespaceRun begin(
            ArtifactGenerator generator,
            List<PlannedArtifact> artifacts,
            NamespaceFiles files,
            InventoryRecorder recorder)
            throws TerminalException, IOException {
        NamespacePlan plan = plan(generator, NamespaceRules.compile(generator), artifacts);
        List<ArtifactInventoryEntry> before = ManagedInventory.of(generator);
        List<ArtifactInventoryEntry> added = plan.recorded().values().stream()
                .filter(entry -> !before.contains(entry))
                .toList();
        if (!added.isEmpty() || !plan.objection().equals(told(generator))) {
            recorder.record(added, plan.objection());
        }
        return new PlannedNamespaceRun(generator, plan, files, tools);
    }

    private NamespacePlan plan(
            ArtifactGenerator generator, Optional<NamespaceRules> rules, List<PlannedArtifact> artifacts)
            throws IOException {
        Map<String, PlannedArtifact> wanted = rules.isPresent() ? wanted(generator, artifacts) : Map.of();
        Map<String, NamespaceFailure> refused = new LinkedHashMap<>();
        Map<String, ArtifactInventoryEntry> recorded = new LinkedHashMap<>();
        List<ArtifactInventoryEntry> inventory = ManagedInventory.of(generator);
        List<String> obsolete = new ArrayList<>();
        for (ArtifactInventoryEntry entry : inventory) {
            if (wanted.containsKey(entry.name())) {
                recorded.put(entry.name(), entry);
            } else {
                obsolete.add(entry.name());
            }
        }
        for (String name : wanted.keySet()) {
            Interruption.check();
            Optional<NamespaceFailure> refusal = refusal(generator, rules.orElseThrow(), name);
            if (refusal.isPresent()) {
                refused.put(name, refusal.get());
            } else {
                recorded.putIfAbsent(name, ManagedInventory.unapplied(name));
            }
        }
        Optional<String> objection = rules.filter(NamespaceRules::prune).isPresent()
                ? objection(generator, inventory, obsolete)
                : Optional.empty();
        return new NamespacePlan(rules, wanted, refused, recorded, obsolete, objection);
    }

    private Optional<String> objection(
            ArtifactGenerator generator, List<ArtifactInventoryEntry> inventory, List<String> obsolete) {
        List<String> deleted =
                obsolete.stream().filter(name -> !isOfOthers(generator, name)).toList();
        int managed = inventory.size() - (obsolete.size() - deleted.size());
        return MassDeletionGuard.objection(deleted, managed, told(generator), isRequested(generator));
    }

    /** Whether the run does not delete the namespace because another generator has taken it over. */
    private boolean isOfOthers(ArtifactGenerator generator, String name) {
        return tools.cache()
                .apply(name)
                .map(NamespaceState::generatorUid)
                .filter(uid -> !uid.isEmpty() && !uid.equals(Ownership.uidOf(generator)))
                .isPresent();
    }

    /** The first artifact of each namespace other than the generator's own. */
    private static Map<String, PlannedArtifact> wanted(ArtifactGenerator generator, List<PlannedArtifact> artifacts) {
        Map<String, PlannedArtifact> wanted = new LinkedHashMap<>();
        for (PlannedArtifact artifact : artifacts) {
            String namespace = generator.namespaceOf(artifact.artifact());
            if (!namespace.equals(generator.key().namespace())) {
                wanted.putIfAbsent(namespace, artifact);
            }
        }
        return wanted;
    }

    private Optional<NamespaceFailure> refusal(ArtifactGenerator generator, NamespaceRules rules, String name)
            throws IOException {
        try {
            rules.names().require(name, generator.key().toString());
        } catch (NamespaceFailure e) {
            return Optional.of(e);
        }
        Optional<String> protection = protectedNamespaces.why(name);
        if (protection.isPresent()) {
            return Optional.of(NamespaceFailure.isProtected(name, protection.get()));
        }
        return access.denial(generator, name, rules.prune()).map(NamespaceFailure::denied);
    }

    private static Optional<String> told(ArtifactGenerator generator) {
        return Conditions.find(generator.conditions(), PRUNE_BLOCKED).map(V1Condition::getMessage);
    }

    private static boolean isRequested(ArtifactGenerator generator) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(generator.metadata().getAnnotations(), Map.of());
        String requested = annotations.get(Annotations.RECONCILE_REQUESTED_AT);
        ArtifactGeneratorStatus status = generator.status();
        return requested != null && (status == null || !requested.equals(status.lastHandledReconcileAt()));
    }

    @Override
    public NamespaceResults removeAll(ArtifactGenerator generator) throws InterruptedIOException {
        boolean prune = generator.spec().managedNamespaces() != null
                && generator.spec().managedNamespaces().prune();
        List<PruneResult> pruned = new ArrayList<>();
        for (ArtifactInventoryEntry entry : ManagedInventory.of(generator)) {
            pruned.add(tools.pruner().prune(generator, entry.name(), prune));
        }
        NamespaceResults results =
                new NamespaceResults(List.of(), List.of(), List.of(), List.of(), pruned, Optional.empty());
        tools.meters().count(generator.key(), results, 0);
        return results;
    }

    @Override
    public void forget(ArtifactGenerator generator) {
        tools.meters().forget(generator.key());
    }

    @Override
    public Optional<NamespaceDrift.Difference> drift(ArtifactGenerator generator) {
        return new NamespaceDrift(tools.cache(), tools.applied(), tools.fieldManager()).check(generator);
    }
}
