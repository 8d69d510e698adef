package dev.sluice.reconciler.console;

import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorList;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.BucketList;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactList;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.GitRepositoryList;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.HelmChartList;
import dev.sluice.toolkit.source.OCIRepository;
import dev.sluice.toolkit.source.OCIRepositoryList;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ListerWatcher;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.impl.DefaultSharedIndexInformer;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Watchable;
import java.util.Optional;

/** Informers that are never started; tests put objects into their caches. */
final class CachedObjects {

    private CachedObjects() {}

    static GeneratorInformers none() {
        return new GeneratorInformers(
                informer(ArtifactGenerator.class, ArtifactGeneratorList.class),
                informer(GitRepository.class, GitRepositoryList.class),
                informer(OCIRepository.class, OCIRepositoryList.class),
                informer(Bucket.class, BucketList.class),
                informer(HelmChart.class, HelmChartList.class),
                informer(ExternalArtifact.class, ExternalArtifactList.class),
                (kind, key) -> Optional.empty());
    }

    private static <T extends KubernetesObject, L extends KubernetesListObject> SharedIndexInformer<T> informer(
            Class<T> type, Class<L> listType) {
        return new DefaultSharedIndexInformer<>(
                type,
                new ListerWatcher<T, L>() {
                    @Override
                    public L list(CallGeneratorParams params) {
                        throw new IllegalStateException("never listed: " + listType);
                    }

                    @Override
                    public Watchable<T> watch(CallGeneratorParams params) {
                        throw new IllegalStateException("never watched: " + type);
                    }
                },
                0);
    }
}
