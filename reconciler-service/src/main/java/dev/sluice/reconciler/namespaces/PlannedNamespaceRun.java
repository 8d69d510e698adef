package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The namespaces of a run by plan. */
final class PlannedNamespaceRun implements NamespaceRun {

    private final ArtifactGenerator generator;
    private final NamespacePlan plan;
    private final NamespaceFiles files;
    private final NamespaceTools tools;
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    PlannedNamespaceRun(ArtifactGenerator generator, NamespacePlan plan, NamespaceFiles files, NamespaceTools tools) {
        this.generator = generator;
        this.plan = plan;
        this.files = files;
        this.tools = tools;
    }

    /** The result for one namespace: what happened and its digest for the inventory, or why it failed. */
    private record Attempt(
            @Nullable NamespaceChange change,
            String digest,
            @Nullable NamespaceFailure failure) {}

    @Override
    public void reconcile(PlannedArtifact artifact, Supplier<FileTree> built) throws NamespaceFailure, IOException {
        String namespace = generator.namespaceOf(artifact.artifact());
        PlannedArtifact first = plan.wanted().get(namespace);
        if (first == null) {
            return;
        }
        Attempt attempt = attempts.get(namespace);
        if (attempt == null) {
            attempt = attempt(namespace, first, first.equals(artifact) ? Optional.of(built) : Optional.empty());
            attempts.put(namespace, attempt);
        }
        if (attempt.failure != null) {
            throw attempt.failure;
        }
    }

    private Attempt attempt(String namespace, PlannedArtifact first, Optional<Supplier<FileTree>> built)
            throws IOException {
        NamespaceFailure refusal = plan.refused().get(namespace);
        if (refusal != null) {
            return new Attempt(null, "", refusal);
        }
        try {
            NamespaceRules rules = plan.rules().orElseThrow();
            DesiredNamespace desired = tools.metadata(generator, rules).of(namespace, files.read(rules, first, built));
            NamespaceChange change =
                    tools.applier().apply(generator, desired, tools.cache().apply(namespace));
            tools.remember(generator, desired, change);
            return new Attempt(change, desired.digest(), null);
        } catch (NamespaceFailure e) {
            return new Attempt(null, "", e);
        } catch (LimitExceededException | BudgetWaitException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return new Attempt(null, "", NamespaceFailure.retryable(ErrorText.describe(e)));
        }
    }

    @Override
    public NamespaceResults finish() throws InterruptedIOException {
        List<PruneResult> pruned = new ArrayList<>();
        if (plan.objection().isEmpty()) {
            for (String name : plan.obsolete()) {
                pruned.add(tools.pruner().prune(generator, name, plan.prunes()));
            }
        }
        List<ArtifactInventoryEntry> managed = new ArrayList<>();
        plan.wanted().keySet().forEach(name -> entry(name).ifPresent(managed::add));
        List<ArtifactInventoryEntry> before = ManagedInventory.of(generator);
        NamespaceResults results = new NamespaceResults(
                managed,
                left(pruned, before),
                attempts.values().stream()
                        .flatMap(attempt -> Optional.ofNullable(attempt.change).stream())
                        .toList(),
                managed.stream()
                        .filter(entry -> !before.contains(entry) && attempts.containsKey(entry.name()))
                        .toList(),
                pruned,
                plan.objection());
        tools.meters().count(generator.key(), results, refusals());
        return results;
    }

    /** The entry of this run, or that of an earlier one for a namespace that this run did not reach. */
    private Optional<ArtifactInventoryEntry> entry(String name) {
        Attempt attempt = attempts.get(name);
        return attempt == null || attempt.change == null
                ? Optional.ofNullable(plan.recorded().get(name))
                : Optional.of(ArtifactInventoryEntry.namespace(name, attempt.digest));
    }

    private List<ArtifactInventoryEntry> left(List<PruneResult> pruned, List<ArtifactInventoryEntry> before) {
        List<String> names = plan.objection().isPresent()
                ? plan.obsolete()
                : pruned.stream()
                        .filter(PruneResult::isLeft)
                        .map(PruneResult::name)
                        .toList();
        return before.stream().filter(entry -> names.contains(entry.name())).toList();
    }

    private int refusals() {
        return (int) attempts.values().stream()
                .filter(attempt -> attempt.failure != null && attempt.failure.isRefusal())
                .count();
    }
}
